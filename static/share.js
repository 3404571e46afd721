// The device's own share sheet and "copy link", where there are such things.

const section = document.querySelector("section.share");
const address = document.querySelector("link[rel=canonical]")?.href || location.href;

function offer(button, act) {
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", act);
}

if (section && navigator.share) {
  offer(section.querySelector(".share-sheet"), () => {
    const title = document.querySelector("h1").textContent;
    navigator.share({ title, url: address }).catch(() => {}); // closed again: nothing to say
  });
}

if (section && navigator.clipboard) {
  const button = section.querySelector(".share-copy");
  offer(button, async () => {
    const said = section.querySelector(".share-said");
    try {
      await navigator.clipboard.writeText(address);
      said.textContent = button.dataset.done;
    } catch {
      said.textContent = address;
    }
  });
}
