from django.urls import path

from municipalities.searching import views

urlpatterns = [
    path("<slug:cooperation>/search/", views.agreement_search, name="agreement_search"),
]
