// Films open in place. Without this script a film of ours is a plain player, and a film elsewhere
// is a link: nothing of another site is loaded before the reader asks for it.

const HOSTS = ["https://www.youtube-nocookie.com/embed/", "https://player.vimeo.com/video/"];
const opened = new Set();

function element(name, properties) {
  return Object.assign(document.createElement(name), properties);
}

// A film of ours: its poster becomes a button, and the player waits behind it.
function ownFilm(player, close) {
  const video = player.querySelector("video");
  const poster = element("button", { type: "button", className: "play" });
  if (video.poster) {
    const size = { width: video.width, height: video.height };
    poster.append(element("img", { src: video.poster, alt: "", ...size }));
  }
  const title = video.getAttribute("aria-label");
  const say = element("span", { className: "say", textContent: close.dataset.play });
  poster.append(say);
  if (title) poster.setAttribute("aria-label", `${close.dataset.play}: ${title}`);
  video.hidden = true;
  player.prepend(poster);
  return {
    poster,
    start() {
      video.hidden = false;
      video.play().catch(() => {}); // the reader still has the controls
      video.focus();
    },
    stop() {
      video.pause();
      video.currentTime = 0;
      video.hidden = true;
    },
  };
}

// A film elsewhere: the link becomes a frame, and back.
function theirFilm(player) {
  const poster = player.querySelector("a.play");
  let frame = null;
  return {
    poster,
    start() {
      frame = element("iframe", {
        src: player.dataset.player,
        title: poster.textContent.trim(),
        allow: "autoplay; fullscreen; picture-in-picture",
        allowFullscreen: true,
        referrerPolicy: "strict-origin-when-cross-origin",
      });
      frame.sandbox = "allow-scripts allow-same-origin allow-presentation allow-popups";
      player.append(frame);
      frame.focus();
    },
    stop() {
      frame.remove(); // and with it the sound
      frame = null;
    },
  };
}

function enhance(player) {
  const figure = player.closest("figure");
  const close = figure.querySelector(".close-video");
  const address = player.dataset.player;
  if (!close || (address && !HOSTS.some((host) => address.startsWith(host)))) return;
  if (!address && !player.querySelector("video")) return;
  const film = address ? theirFilm(player) : ownFilm(player, close);

  function shut() {
    if (!opened.delete(shut)) return;
    film.stop();
    close.hidden = true;
    film.poster.hidden = false;
    film.poster.focus();
  }

  film.poster.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // into a window of its own
    event.preventDefault();
    opened.forEach((other) => other());
    opened.add(shut);
    film.poster.hidden = true;
    close.hidden = false;
    film.start();
  });
  close.addEventListener("click", shut);
  figure.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.fullscreenElement) shut();
  });
}

document.querySelectorAll(".player").forEach(enhance);
