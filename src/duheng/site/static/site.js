/* Comfort only: every page works without this file. */
(function () {
  "use strict";
  document.addEventListener("keydown", function (event) {
    var tag = event.target.tagName;
    if (event.key === "Escape") {
      document.querySelectorAll("details.pop[open]").forEach(function (open) { open.open = false; });
      if (event.target.classList.contains("claim")) { event.target.blur(); }
    }
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(tag)) { return; }
    var box = document.querySelector("[data-search]");
    if (box) { event.preventDefault(); box.focus(); box.select(); }
  });
  document.addEventListener("click", function (event) {
    document.querySelectorAll("details.pop[open]").forEach(function (open) {
      if (!open.contains(event.target)) { open.open = false; }
    });
    var ask = event.target.closest("[data-ask]");
    if (ask && !window.confirm(ask.dataset.ask)) { event.preventDefault(); }
  });
})();
