from django.urls import path

from municipalities.competence import operator_views, requirement_views, training_views, views

ROOM = "<slug:cooperation>/competence/"
CENTRAL = f"{ROOM}<slug:central>/"
REQUIREMENTS = f"{CENTRAL}requirements/"
OPERATORS = f"{CENTRAL}operators/"
OPERATOR = f"{OPERATORS}<int:pk>/"
QUALIFICATION = f"{CENTRAL}qualifications/<int:pk>/"

urlpatterns = [
    path(ROOM, views.competence_of, name="competence_of"),
    path(CENTRAL, views.competence, name="competence"),
    path(REQUIREMENTS, requirement_views.requirements, name="competence_requirements"),
    path(
        f"{REQUIREMENTS}standard/", requirement_views.take_standard, name="competence_take_standard"
    ),
    path(
        f"{REQUIREMENTS}new/", requirement_views.requirement_new, name="competence_requirement_new"
    ),
    path(
        f"{REQUIREMENTS}<int:pk>/",
        requirement_views.requirement_change,
        name="competence_requirement_change",
    ),
    path(
        f"{REQUIREMENTS}<int:pk>/end/",
        requirement_views.requirement_end,
        name="competence_requirement_end",
    ),
    path(OPERATORS, operator_views.operators, name="operators"),
    path(f"{OPERATORS}new/", operator_views.operator_new, name="operator_new"),
    path(OPERATOR, operator_views.operator, name="operator"),
    path(f"{OPERATOR}change/", operator_views.operator_change, name="operator_change"),
    path(f"{OPERATOR}delete/", operator_views.operator_delete, name="operator_delete"),
    path(f"{OPERATOR}obtained/", training_views.operator_obtained, name="operator_obtained"),
    path(f"{OPERATOR}follow-ups/new/", training_views.follow_up_new, name="follow_up_new"),
    path(
        f"{CENTRAL}follow-ups/<int:pk>/remove/",
        training_views.follow_up_remove,
        name="follow_up_remove",
    ),
    path(f"{CENTRAL}course/", training_views.course, name="competence_course"),
    path(QUALIFICATION, training_views.qualification_change, name="qualification_change"),
    path(
        f"{QUALIFICATION}remove/", training_views.qualification_remove, name="qualification_remove"
    ),
]
