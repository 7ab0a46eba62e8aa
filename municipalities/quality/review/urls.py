from django.urls import path

from municipalities.quality.review import pdf_views, step_views, views

REVIEWS = "<slug:cooperation>/reviews/"
REVIEW = f"{REVIEWS}<int:year>/"
POINT = f"{REVIEW}points/<slug:code>/"

urlpatterns = [
    path(REVIEWS, views.reviews, name="reviews"),
    path(f"{REVIEWS}begin/", step_views.review_begin, name="review_begin"),
    path(REVIEW, views.review, name="review"),
    path(f"{REVIEW}summary/", step_views.review_summary, name="review_summary"),
    path(f"{REVIEW}sign/", step_views.review_sign, name="review_sign"),
    path(f"{REVIEW}report.pdf", pdf_views.review_pdf, name="review_pdf"),
    path(f"{REVIEW}councils/<slug:number>/", step_views.review_council, name="review_council"),
    path(POINT, step_views.review_point, name="review_point"),
    path(f"{POINT}done/", step_views.review_measure_done, name="review_measure_done"),
    path(f"{POINT}not-done/", step_views.review_measure_not_done, name="review_measure_not_done"),
]
