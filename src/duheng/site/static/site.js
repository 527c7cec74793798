/* Comfort only: every page works without this file. */
(function () {
  "use strict";
  document.addEventListener("keydown", function (event) {
    var tag = event.target.tagName;
    if (event.key === "Escape") {
      document.querySelectorAll("details.pop[open]").forEach(function (open) { open.open = false; });
      if (event.target.classList.contains("claim")) { event.target.blur(); }
    }
    if (event.ctrlKey || event.metaKey || event.altKey || (/^(INPUT|TEXTAREA|SELECT)$/.test(tag) && !/^(checkbox|radio)$/.test(event.target.type)) || document.querySelector("dialog[open]")) { return; }
    if (event.key === "/") { reach(event, "[data-find]"); }
    if (event.key === "f") { reach(event, "[data-filter]"); }
    if (event.key === "?") { var keys = document.getElementById("keys"); if (keys) { event.preventDefault(); keys.showModal(); } }
    go(event);
  });
  function reach(event, name) {
    var box = document.querySelector(name);
    if (box) { event.preventDefault(); box.focus(); box.select(); }
  }

  /* g, then a letter: a room of the menu */
  var asked = 0;
  function go(event) {
    var soon = Date.now() - asked < 1200;
    asked = event.key === "g" ? Date.now() : 0;
    if (!soon || !/^[a-z]$/.test(event.key)) { return; }
    var room = document.querySelector('.menu [data-go="' + event.key + '"]');
    if (room) { event.preventDefault(); room.click(); }
  }

  /* on a narrow screen the menu scrolls: the room that is open is in sight, and nothing else moves */
  var menu = document.querySelector(".menu"), here = menu && menu.querySelector("[aria-current]");
  if (here) { menu.scrollLeft += here.getBoundingClientRect().left - menu.getBoundingClientRect().left - (menu.clientWidth - here.offsetWidth) / 2; }

  /* the search box: what is found while typing, walked through with the arrows */
  var find = document.querySelector("[data-find]"), found = document.getElementById("found");
  function shut() { if (found) { found.textContent = ""; } }
  if (find && found) {
    find.form.addEventListener("keydown", function (event) {
      if (event.key === "Escape") { event.preventDefault(); shut(); find.focus(); return; }
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") { return; }
      var links = Array.prototype.slice.call(found.querySelectorAll("a"));
      var next = links.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
      if (!links.length || (document.activeElement === find && event.key === "ArrowUp")) { return; }
      event.preventDefault();
      (next < 0 ? find : links[Math.min(next, links.length - 1)]).focus();
    });
    document.addEventListener("click", function (event) { if (!find.form.contains(event.target)) { shut(); } });
    document.addEventListener("htmx:beforeSwap", function (event) {
      if (event.detail.target === found && !find.value.trim()) { event.detail.shouldSwap = false; shut(); }
    });
  }
  /* what a page says on top changes with some choices: they load it whole; and links to a sheet follow what is narrowed */
  document.addEventListener("input", function (event) { if (event.target.matches("[data-whole]")) { event.stopPropagation(); } }, true);
  document.addEventListener("change", function (event) { if (event.target.matches("[data-whole]")) { event.target.form.submit(); } });
  document.addEventListener("htmx:pushedIntoHistory", function () {
    document.querySelectorAll("a[data-follows]").forEach(function (link) { link.search = location.search; });
  });

  /* a form that is asked for over the page: shown as a dialog, shut with Esc or its button */
  var asked_for = document.getElementById("asked"), opener = null;
  if (asked_for) {
    document.addEventListener("htmx:afterSwap", function (event) {
      if (event.detail.target !== asked_for) { return; }
      opener = event.detail.requestConfig.elt;
      asked_for.showModal();
    });
    asked_for.addEventListener("close", function () { asked_for.textContent = ""; if (opener) { opener.focus(); } });
    asked_for.addEventListener("click", function (event) { if (event.target.closest("[data-shut]")) { asked_for.close(); } });
  }

  /* a card dragged to another batch asks the same form; the button on the card does without dragging */
  var dragged = null;
  document.addEventListener("dragstart", function (event) {
    dragged = event.target.closest && event.target.closest("[data-move]");
    if (dragged) { event.dataTransfer.effectAllowed = "move"; event.dataTransfer.setData("text/plain", dragged.dataset.move); }
  });
  document.addEventListener("dragover", function (event) { if (dragged && event.target.closest("[data-stage]")) { event.preventDefault(); } });
  document.addEventListener("drop", function (event) {
    var onto = dragged && event.target.closest("[data-stage]");
    if (!onto || onto.contains(dragged)) { dragged = null; return; }
    event.preventDefault();
    window.htmx.ajax("GET", dragged.dataset.move.replace("to=", "to=" + onto.dataset.stage), { target: "#asked", source: dragged });
    dragged = null;
  });
  document.addEventListener("click", function (event) {
    document.querySelectorAll("details.pop[open]").forEach(function (open) {
      if (!open.contains(event.target)) { open.open = false; }
    });
    if (event.target.closest("[data-print]")) { window.print(); }
    if (event.target.closest("[data-keys]")) { document.getElementById("keys").showModal(); }
    var ask = event.target.closest("[data-ask]");
    if (ask && !window.confirm(ask.dataset.ask)) { event.preventDefault(); }
  });
})();
