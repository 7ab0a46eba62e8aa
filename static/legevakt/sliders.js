// A slider and its number say the same; the number is what is sent. Without script there is the number.
(function () {
  "use strict";

  // The number in words, as the server writes it.
  function told(holder, number) {
    const { empty, pattern, long } = holder.dataset;
    if (number === "") return empty;
    const seconds = Number(number);
    if (!long || seconds < 60) return pattern.replace("{s}", String(number).replace("-", "\u2212"));
    return long.replace("{m}", Math.floor(seconds / 60)).replace("{s}", seconds % 60);
  }

  function tell(holder) {
    const words = told(holder, holder.querySelector("input[name]").value);
    holder.querySelector("output").textContent = words;
    holder.querySelector("input[type=range]").setAttribute("aria-valuetext", words);
  }

  function bind(holder) {
    const range = holder.querySelector("input[type=range]");
    const number = holder.querySelector("input[name]");
    range.addEventListener("input", () => {
      number.value = range.value;
      tell(holder);
    });
    number.addEventListener("input", () => {
      if (number.value !== "") range.value = number.value;
      tell(holder);
    });
    range.hidden = false;
    tell(holder);
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-slider]").forEach(bind);
  });

  // What cannot be computed is sent as without script, so that the page says what is wrong.
  document.addEventListener("htmx:responseError", (event) => {
    if (event.target.matches("form:has([data-slider])")) event.target.submit();
  });
})();
