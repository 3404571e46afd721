// Who else has this story open, and whether a save would arrive: asked every 20 seconds.

const EVERY = 20_000
const gettext = window.gettext ?? ((text) => text)
const form = document.querySelector("#article_form")
const place = document.querySelector("#presence")

function tell(sentences) {
  const told = sentences.join("\n")
  if (place.dataset.told === told) return // nothing is read out twice
  place.dataset.told = told
  place.replaceChildren(
    ...sentences.map((text) =>
      Object.assign(document.createElement("p"), { className: "module meeting", textContent: text }),
    ),
  )
}

async function beat() {
  const { csrfmiddlewaretoken, opened } = form.elements
  const body = new URLSearchParams({ opened: opened.value })
  const headers = { "X-CSRFToken": csrfmiddlewaretoken.value }
  try {
    const answer = await fetch(place.dataset.address, { method: "POST", body, headers, redirect: "manual" })
    if (answer.ok) tell((await answer.json()).told)
    else if (answer.type === "opaqueredirect" || answer.status === 403) {
      tell([gettext("You are logged out. Log in again in another tab before you save.")])
    }
  } catch {
    tell([gettext("The server cannot be reached. What you write is kept in this browser.")])
  }
}

if (form && place) {
  beat()
  setInterval(() => document.hidden || beat(), EVERY)
  document.addEventListener("visibilitychange", () => document.hidden || beat())
}
