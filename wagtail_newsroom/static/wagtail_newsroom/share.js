// Serves the buttons that no link can be: copy, the device's own share sheet, print.
// Without this script they stay hidden, and the links beside them work.

function offer(box, name, isThere, act) {
  const button = box.querySelector(`[data-nr-${name}]`);
  if (!button || !isThere) return;
  button.closest("li").hidden = false;
  button.addEventListener("click", act);
}

for (const box of document.querySelectorAll("[data-nr-share]")) {
  if ("ready" in box.dataset) continue;
  box.dataset.ready = "";
  const { url, title } = box.dataset;
  const status = box.querySelector("[role=status]");
  const { nrDone, nrFailed } = status.dataset;

  offer(box, "copy", true, async () => {
    try {
      await navigator.clipboard.writeText(url);
      status.textContent = nrDone;
    } catch {
      // No permission, or no secure connection: show it, so that it can be copied by hand.
      status.textContent = `${nrFailed} `;
      const address = document.createElement("bdi");
      address.dir = "ltr";
      address.textContent = url;
      status.append(address);
    }
  });
  offer(box, "native", typeof navigator.share === "function", () => {
    navigator.share({ title, url }).catch(() => {});
  });
  offer(box, "print", true, () => window.print());
}
