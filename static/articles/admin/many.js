// Many pictures, a request each: how far each is, what became of it, and where it is now.
// Without this script the form sends them all at once.
const gettext = window.gettext ?? ((text) => text)
const form = document.querySelector("#many")
const input = form.querySelector("input[type=file]")
const list = document.querySelector(".uploads")
const sum = document.querySelector(".sum")
const next = document.querySelector(".next")
const atOnce = Number(form.dataset.atOnce)
const make = (tag, properties) => Object.assign(document.createElement(tag), properties)

const added = []
const waiting = []
let working = false
let all = 0
let done = 0

function line(name) {
  const row = make("li", { className: "waiting" })
  const told = make("span", { className: "told", textContent: gettext("Waiting") })
  row.append(make("span", { className: "name", textContent: name }), told)
  list.append(row)
  return row
}

function tell(row, one) {
  row.className = one.outcome
  row.querySelector("progress")?.remove()
  const tag = one.url ? "a" : "span"
  const told = make(tag, { className: "told", textContent: one.told })
  if (one.url) told.href = one.url
  row.querySelector(".told").replaceWith(told)
  if (one.thumb) row.prepend(make("img", { className: "thumb", src: one.thumb, alt: "", width: 80, height: 50 }))
}

const refused = (told) => ({ outcome: "refused", told })

function outcomeOf(request) {
  try {
    return JSON.parse(request.responseText).files[0] ?? refused(gettext("It did not arrive."))
  } catch {
    return refused(`${gettext("The server did not take it.")} (${request.status})`)
  }
}

function send(file, row) {
  return new Promise((resolve) => {
    const bar = make("progress", { max: 1, value: 0 })
    bar.setAttribute("aria-label", file.name)
    row.className = "sending"
    row.querySelector(".told").textContent = gettext("Sending")
    row.append(bar)
    const body = new FormData()
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value)
    body.append("files", file)
    const request = new XMLHttpRequest()
    request.open("POST", form.action || location.href)
    request.setRequestHeader("Accept", "application/json")
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = event.loaded / event.total
    })
    request.addEventListener("load", () => resolve(outcomeOf(request)))
    request.addEventListener("error", () => resolve(refused(gettext("The connection was lost."))))
    request.send(body)
  })
}

function count() {
  sum.textContent = `${done} / ${all}`
  if (!next || !added.length) return
  const link = next.querySelector("a")
  link.href = `${link.href.split("?")[0]}?ids=${added.slice(-atOnce).join(",")}`
  next.hidden = working
}

async function work() {
  if (working) return
  working = true
  while (waiting.length) {
    const [file, row] = waiting.shift()
    const one = await send(file, row)
    tell(row, one)
    if (one.outcome === "added") added.push(one.id)
    done += 1
    if (!waiting.length) working = false
    count()
  }
  working = false
}

function take(files) {
  const room = atOnce - waiting.length
  const chosen = [...files]
  for (const file of chosen.slice(0, room)) waiting.push([file, line(file.name)])
  for (const file of chosen.slice(room)) {
    tell(line(file.name), refused(gettext("Too many at once. Add it after these.")))
    done += 1
  }
  all += chosen.length
  count()
  work()
}

form.querySelector(".submit-row").hidden = true
form.addEventListener("submit", (event) => {
  event.preventDefault()
  take(input.files)
})
input.addEventListener("change", () => {
  take(input.files)
  input.value = ""
})
const drop = form.querySelector(".drop")
for (const type of ["dragenter", "dragover"]) {
  drop.addEventListener(type, (event) => {
    event.preventDefault()
    drop.classList.add("over")
  })
}
for (const type of ["dragleave", "drop"]) drop.addEventListener(type, () => drop.classList.remove("over"))
drop.addEventListener("drop", (event) => {
  event.preventDefault()
  take(event.dataTransfer.files)
})
addEventListener("beforeunload", (event) => {
  if (working) event.preventDefault()
})
