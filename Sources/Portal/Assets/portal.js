// Improves on what works without it: leaving replaces this page in the history, and a summary of errors has the focus.
(function () {
  "use strict";
  var exit = document.getElementById("exit");
  if (exit) {
    var leave = function (event) {
      event.preventDefault();
      if (navigator.sendBeacon) { navigator.sendBeacon(exit.getAttribute("href")); }
      document.documentElement.hidden = true;
      window.location.replace(exit.getAttribute("data-exit"));
    };
    exit.addEventListener("click", leave);
  }
  var faults = document.getElementById("faults");
  if (faults) { faults.focus(); }
  // A page from the browser's memory may be of a session that has ended.
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) { window.location.reload(); }
  });
})();
