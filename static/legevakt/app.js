// Small improvements; every page works without them.
(function () {
  "use strict";

  // An open menu closes on Escape and on a click outside it.
  const menus = () => document.querySelectorAll("details[data-menu][open]");

  document.addEventListener("click", (event) => {
    menus().forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menus().forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  // A second press on a submit button sends nothing more, until the page is shown again.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.matches("[hx-post]")) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "true";
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  });

  // A refused form is read from its summary of errors.
  function focusErrorSummary(root) {
    const summary = root.querySelector("[data-error-summary]");
    if (!summary) return;
    // Who came by the skip link has #main in the address, and main would take the focus again.
    window.history.replaceState(
      window.history.state,
      "",
      window.location.pathname + window.location.search,
    );
    summary.focus();
  }

  // What htmx replaces is announced when its words change, not at every percent.
  let announced = "";
  function announce(root) {
    const source = root.matches("[data-announce]") ? root : root.querySelector("[data-announce]");
    const words = source ? source.dataset.announce : "";
    if (!words || words === announced) return;
    announced = words;
    document.getElementById("announcer").textContent = words;
  }

  document.addEventListener("DOMContentLoaded", () => focusErrorSummary(document));
  document.addEventListener("htmx:load", (event) => {
    if (event.detail.elt !== document.body) focusErrorSummary(event.detail.elt);
    announce(event.detail.elt);
  });

  // A table that is wider than its place says so above itself, and has a shadow where there is
  // more. A narrow first column stays in sight.
  function tellOfWidth(table) {
    const beyond = table.scrollWidth - table.clientWidth;
    table.toggleAttribute("data-more-before", table.scrollLeft > 1);
    table.toggleAttribute("data-more-after", beyond - table.scrollLeft > 1);
    const first = table.querySelector("th");
    const isNarrow = first !== null && 2.5 * first.offsetWidth < table.clientWidth;
    table.toggleAttribute("data-keeps-first", beyond > 1 && isNarrow);
    table.previousElementSibling.hidden = beyond <= 1;
  }

  const widths = new ResizeObserver((entries) => {
    new Set(entries.map((entry) => entry.target.closest(".app-table"))).forEach(tellOfWidth);
  });
  function watchTables() {
    document.querySelectorAll(".app-table:not([data-watched])").forEach((table) => {
      table.dataset.watched = "true";
      table.before(document.getElementById("table-hint").content.cloneNode(true));
      table.addEventListener("scroll", () => tellOfWidth(table), { passive: true });
      [table, ...table.children].forEach((each) => widths.observe(each));
    });
  }
  document.addEventListener("DOMContentLoaded", watchTables);
  document.addEventListener("htmx:load", watchTables);

  // Paper cannot be clicked: tables behind a chart are opened for print, and closed again.
  window.addEventListener("beforeprint", () => {
    document.querySelectorAll("details[data-print-open]:not([open])").forEach((details) => {
      details.open = true;
      details.dataset.printOpen = "for-print";
    });
  });
  window.addEventListener("afterprint", () => {
    document.querySelectorAll("details[data-print-open='for-print']").forEach((details) => {
      details.open = false;
      details.dataset.printOpen = "";
    });
  });
})();
