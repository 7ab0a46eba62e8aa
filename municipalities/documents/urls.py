from django.urls import path

from municipalities.documents import views

urlpatterns = [path("<int:pk>", views.document, name="document")]
