// What our rules of Wagtail's content checker ask of a page; see articles/checker.py.

const userbar = document.querySelector("wagtail-userbar");

if (userbar && typeof userbar.registerCheck === "function") {
  userbar.registerCheck("newsroom-has-alt", (image) => (image.getAttribute("alt") || "").trim() !== "");
  userbar.registerCheck(
    "newsroom-fits",
    (headline, options) => Array.from(headline.textContent.trim()).length <= options.longest,
  );
}
