// Draws every [data-chart] from the Vega-Lite specification that lies beside it as JSON.
// Vega runs a syntax tree through its interpreter, because the page's policy allows no eval.
// Look, numbers and dates come with the specification (config, config.locale).
(function () {
  "use strict";

  const script = document.currentScript;

  function load(address) {
    return new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = address;
      element.addEventListener("load", resolve);
      element.addEventListener("error", () => reject(new Error(`not loaded: ${address}`)));
      document.head.append(element);
    });
  }

  let library;
  function loadLibrary() {
    library ||= load(script.dataset.vega)
      .then(() => load(script.dataset.vegaLite))
      .then(() => load(script.dataset.vegaInterpreter));
    return library;
  }

  // A single view takes the width of the page; facets and concatenations keep their own.
  function specification(holder) {
    const spec = JSON.parse(document.getElementById(holder.dataset.spec).textContent);
    const config = { background: null, ...spec.config };
    if (!spec.mark && !spec.layer) return { ...spec, config };
    const autosize = { type: "fit-x", contains: "padding" };
    return { ...spec, config, autosize, width: "container" };
  }

  const isNarrow = (holder) => holder.clientWidth < 480;

  // On a phone a legend of names is a list, so that no word of it is cut off.
  function fitLegends(compiled, holder) {
    if (!isNarrow(holder)) return;
    const named = compiled.scales.filter((scale) => scale.type === "ordinal").map((scale) => scale.name);
    for (const legend of compiled.legends || []) {
      if (named.includes(legend.fill || legend.stroke)) {
        Object.assign(legend, { direction: "vertical", columns: 1, labelLimit: holder.clientWidth - 90 });
      }
    }
  }

  // Holder → its view, and whether it was narrow when it was drawn.
  const drawn = new Map();

  async function draw(holder) {
    const compiled = window.vegaLite.compile(specification(holder)).spec;
    fitLegends(compiled, holder);
    drawn.get(holder)?.view.finalize();
    holder.replaceChildren();
    const runtime = window.vega.parse(compiled, {}, { ast: true });
    const view = new window.vega.View(runtime, {
      expr: window.vegaInterpreter.expressionInterpreter,
      renderer: "svg",
      container: holder,
      hover: false,
      logLevel: window.vega.Error,
      tooltip: () => undefined,
    });
    drawn.set(holder, { view, narrow: isNarrow(holder) });
    await view.runAsync();
    // One picture with one name: the marks' own English labels are kept from screen readers.
    holder.querySelector("svg").setAttribute("aria-hidden", "true");
    holder.setAttribute("role", "img");
    holder.setAttribute("aria-label", holder.dataset.title);
    holder.dataset.chart = "drawn";
  }

  // The table says the same as the chart: without a chart it is opened.
  function fail(holder, error) {
    console.error(error);
    holder.dataset.chart = "failed";
    holder.replaceChildren();
    const figure = holder.closest("figure");
    figure.querySelector("[data-chart-failed]").hidden = false;
    figure.querySelector("details").open = true;
  }

  async function drawAll() {
    const waiting = [...document.querySelectorAll('[data-chart=""]')];
    waiting.forEach((holder) => (holder.dataset.chart = "drawing"));
    for (const holder of waiting) {
      try {
        await loadLibrary();
        await draw(holder);
      } catch (error) {
        fail(holder, error);
      }
    }
  }

  // A chart follows the width by itself; its legend is laid out anew where a phone is turned.
  function drawTurned() {
    for (const [holder, { narrow }] of drawn) {
      if (!holder.isConnected) drawn.delete(holder);
      else if (narrow !== isNarrow(holder)) draw(holder).catch((error) => fail(holder, error));
    }
  }

  window.addEventListener("resize", drawTurned);
  document.addEventListener("DOMContentLoaded", drawAll);
  document.addEventListener("htmx:load", drawAll);
})();
