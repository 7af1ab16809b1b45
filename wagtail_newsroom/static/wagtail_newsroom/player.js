// Films of other sites: a button takes the place of the link, and only a click on it loads the film.

for (const film of document.querySelectorAll("[data-nr-player]")) {
  const button = film.querySelector("button");
  button.hidden = false;
  button.addEventListener("click", () => {
    const frame = document.createElement("iframe");
    frame.src = film.dataset.nrPlayer;
    frame.title = film.dataset.nrTitle;
    frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
    frame.allowFullscreen = true;
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    // The player may run scripts and keep its own storage, and can reach nothing of this page.
    frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-presentation");
    film.classList.add("nr-player--playing");
    film.querySelector(".nr-player__screen").replaceChildren(frame);
    frame.focus();
  });
}
