from django.urls import path

from municipalities.doctors import doctor_views, exemption_views, shift_views, views

ROOM = "<slug:cooperation>/doctors/"
DOCTOR, EXEMPTION = ROOM + "list/<int:pk>/", ROOM + "exemptions/<int:pk>/"

urlpatterns = [
    path(ROOM, views.doctors, name="doctors"),
    path(ROOM + "terms/", views.duty_terms, name="duty_terms"),
    path(ROOM + "shares/", views.duty_shares, name="duty_shares"),
    path(ROOM + "shifts/", shift_views.shifts, name="shifts"),
    path(ROOM + "shifts/import/", shift_views.shifts_import, name="shifts_import"),
    path(ROOM + "shifts/store/", shift_views.shifts_store, name="shifts_store"),
    path(ROOM + "shifts/new/", shift_views.shift_new, name="shift_new"),
    path(ROOM + "shifts/<int:pk>/", shift_views.shift_change, name="shift_change"),
    path(ROOM + "list/", doctor_views.doctor_list, name="doctor_list"),
    path(ROOM + "list/new/", doctor_views.doctor_new, name="doctor_new"),
    path(DOCTOR, doctor_views.doctor, name="doctor"),
    path(DOCTOR + "end/", doctor_views.doctor_end, name="doctor_end"),
    path(DOCTOR + "exemptions/new/", exemption_views.exemption_new, name="exemption_new"),
    path(EXEMPTION, exemption_views.exemption, name="exemption"),
    path(EXEMPTION + "decide/", exemption_views.exemption_decide, name="exemption_decide"),
    path(EXEMPTION + "appeal/", exemption_views.exemption_appeal, name="exemption_appeal"),
    path(EXEMPTION + "outcome/", exemption_views.exemption_outcome, name="exemption_outcome"),
    path(EXEMPTION + "withdraw/", exemption_views.exemption_withdraw, name="exemption_withdraw"),
]
