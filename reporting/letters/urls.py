from django.urls import path

from reporting.letters import views

urlpatterns = [
    path("", views.letters, name="letters"),
    path("<int:pk>/", views.letter, name="letter"),
    path("<int:pk>/<str:language>.pdf", views.document, name="letter_document"),
]
