// Loaded before the page is drawn, so that no picture is fetched that will not be shown. Whoever saves data sees cards
// without pictures, and of any other photo the smallest copy: a cookie that goes along with photos alone asks for it,
// so that every page stays the same for everyone. The system's wish counts until a choice is made here.
(() => {
  const root = document.documentElement;
  const wished = navigator.connection?.saveData || matchMedia("(prefers-reduced-data: reduce)").matches;
  let chosen = null;
  try {
    chosen = localStorage.getItem("save-data");
  } catch {
    // A browser that keeps nothing follows the system.
  }

  const isSaving = () => root.dataset.saveData === "on";
  const save = (choice) => {
    root.dataset.saveData = choice;
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `hemat=${choice}; path=/foto/; max-age=31536000; samesite=lax${secure}`;
  };

  if (chosen === "on" || chosen === "off") save(chosen);
  else root.dataset.saveData = wished ? "on" : "off";

  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-save-data-switch]")) {
      button.hidden = false;
      button.setAttribute("aria-pressed", isSaving());
      button.addEventListener("click", () => {
        save(isSaving() ? "off" : "on");
        button.setAttribute("aria-pressed", isSaving());
        try {
          localStorage.setItem("save-data", root.dataset.saveData);
        } catch {
          // Then the cookie alone remembers.
        }
      });
    }
  });
})();
