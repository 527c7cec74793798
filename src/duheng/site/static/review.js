/* The review page by keyboard, and selecting many. Comfort only: the page works without this file. */
(function () {
  "use strict";
  var last = null;

  function cases() { return Array.prototype.slice.call(document.querySelectorAll("[data-case]")); }
  function current() { return document.activeElement && document.activeElement.closest("[data-case]"); }
  function boxes() { return Array.prototype.slice.call(document.querySelectorAll(".case-pick input")); }
  function typing(element) { return /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) && !/^(checkbox|radio)$/.test(element.type); }

  function go(to) {
    if (!to) { return; }
    to.focus({preventScroll: true});
    to.scrollIntoView({block: "nearest"});
  }

  function step(by) {
    var all = cases(), at = all.indexOf(current());
    go(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))]);
  }

  function nextOpen(id) {
    var all = cases(), at = all.findIndex(function (one) { return one.id === id; });
    var open = function (one) { return one.classList.contains("open"); };
    return all.slice(at + 1).find(open) || all.slice(0, Math.max(0, at)).reverse().find(open) || all[at];
  }

  function count() {
    var shown = document.querySelector("[data-picked]");
    if (!shown) { return; }
    var all = boxes(), picked = all.filter(function (box) { return box.checked; }).length;
    shown.textContent = picked ? shown.dataset.some + " " + picked : shown.dataset.none;
    var whole = document.querySelector("[data-pick-all]");
    whole.hidden = false;
    whole.setAttribute("aria-label", shown.textContent);
    whole.checked = picked > 0 && picked === all.length;
    whole.indeterminate = picked > 0 && picked < all.length;
  }

  function press(name) {
    var here = current();
    if (name === "u") {
      var undo = (here && here.querySelector('[data-key="u"]')) || document.querySelector("[data-undo]");
      if (undo) { undo.click(); }
      return;
    }
    if (!here) { return; }
    var button = here.querySelector('[data-key="' + name + '"]') || (name === "c" ? here.querySelector(".keep input:checked") : null);
    if (!button) { return; }
    if (button.type === "radio") { button.focus(); } else { button.click(); }
  }

  function keys(event) {
    var dialog = document.getElementById("keys");
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || (dialog && dialog.open) || event.defaultPrevented) { return; }
    if (event.key === "Escape" && typing(event.target) && current()) { go(current()); return; }
    if (typing(event.target)) { return; }
    var radio = event.target.type === "radio";
    if (event.key === "j" || (event.key === "ArrowDown" && !radio)) { step(1); }
    else if (event.key === "k" || (event.key === "ArrowUp" && !radio)) { step(-1); }
    else if (event.key === "x" && current()) {
      var box = current().querySelector(".case-pick input");
      if (box) { box.checked = !box.checked; last = box; count(); }
    }
    else if (event.key === "Enter" && event.target === current()) {
      var source = current().querySelector(".source");
      if (source) { source.click(); }
    }
    else if (/^[adcu]$/.test(event.key)) { press(event.key); }
    else { return; }
    event.preventDefault();
  }

  document.addEventListener("keydown", keys);
  document.addEventListener("click", function (event) {
    var box = event.target;
    if (box.matches && box.matches("[data-pick-all]")) {
      boxes().forEach(function (one) { one.checked = box.checked; });
    } else if (box.matches && box.matches(".case-pick input")) {
      var all = boxes(), from = all.indexOf(last), to = all.indexOf(box);
      if (event.shiftKey && from >= 0) {
        all.slice(Math.min(from, to), Math.max(from, to) + 1).forEach(function (one) { one.checked = box.checked; });
      }
      last = box;
    } else { return; }
    count();
  });

  // What is on the page, so that the answer holds every item that looks different now.
  document.addEventListener("htmx:configRequest", function (event) {
    if (event.detail.verb === "post") {
      event.detail.parameters.append("shown", cases().map(function (one) { return one.dataset.case; }).join(","));
    }
  });
  var left = "";
  document.addEventListener("htmx:beforeRequest", function (event) {
    var from = event.target.closest("[data-case]");
    left = event.detail.requestConfig.verb === "post" && from ? from.id : "";
  });
  document.addEventListener("htmx:afterSettle", count);
  // The filter's numbers follow what was settled; of a kind without open items the number goes.
  document.addEventListener("htmx:afterSettle", function () {
    var told = document.querySelector("[data-counts]");
    if (!told) { return; }
    var counts = new Map(told.dataset.counts.split(" ").map(function (pair) { return pair.split("="); }));
    document.querySelectorAll("option[data-count]").forEach(function (option) {
      var n = counts.get(option.dataset.count) || (/^kind-/.test(option.dataset.count) ? "" : "0");
      option.textContent = (option.textContent.replace(/ \d+$/, "") + " " + n).trim();
    });
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    count();
    var opened = event.detail.target && event.detail.target.querySelector && event.detail.target.matches(".case-edit") ?
      event.detail.target.querySelector("[aria-invalid=true], .field, input[type=radio]") : null;
    if (opened) { opened.focus(); return; }
    var from = left;
    left = "";
    window.setTimeout(function () {  // the parts are in their places then
      var settled = from && document.getElementById(from);
      if (settled && !document.querySelector(".doing.error") && !settled.contains(document.querySelector("[aria-invalid=true]"))) {
        go(settled.classList.contains("open") ? settled : nextOpen(from));
      }
    }, 30);
  });
  document.querySelectorAll("[data-keys]").forEach(function (button) { button.hidden = false; });
  count();
})();
