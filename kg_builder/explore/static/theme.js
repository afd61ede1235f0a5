"use strict";
// Runs before the page is drawn, so that it does not flash in the other theme.
(() => {
  const root = document.documentElement;
  const kept = (() => {
    try {
      return localStorage.getItem("kg-builder-theme");
    } catch {
      return null; // storage may be forbidden; the page then follows the system
    }
  })();
  if (kept === "light" || kept === "dark") root.dataset.theme = kept;
  document.addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("theme");
    button.hidden = false;
    button.addEventListener("click", () => {
      const dark = root.dataset.theme
        ? root.dataset.theme === "dark"
        : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      try {
        localStorage.setItem("kg-builder-theme", root.dataset.theme);
      } catch {
        // The choice then lasts for this page.
      }
    });
  });
})();
