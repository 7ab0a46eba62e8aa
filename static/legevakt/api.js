// Swagger UI leaves fields and a button without a name, and boxes that no keyboard can scroll.
(() => {
  const missing = [
    ["select.examples-select-element", "aria-label", "Example"],
    ["select", "aria-label", "Value"],
    ["textarea", "aria-label", "Body of the request"],
    ["button.close-modal", "aria-label", "Close"],
    ["pre", "tabindex", "0"],
  ];
  const mend = () => {
    for (const [kind, name, value] of missing) {
      for (const found of document.querySelectorAll(`#swagger-ui ${kind}:not([${name}])`)) {
        found.setAttribute(name, value);
      }
    }
    // Its name says other words than the button shows.
    for (const found of document.querySelectorAll("#swagger-ui .modal-btn[aria-label]")) {
      found.removeAttribute("aria-label");
    }
  };
  new MutationObserver(mend).observe(document.getElementById("swagger-ui"), {
    childList: true,
    subtree: true,
  });
})();
