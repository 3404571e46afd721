// The page of a front: stories and containers are put in order by keys, buttons, a mouse or a finger.
// What is sent is numbers: of each story its container and its place, of each container its place.
const form = document.getElementById("front_form")
const list = form?.querySelector(".containers")

const field = (item, name) => item.querySelector(`:scope > .order [name$="-${name}"], :scope > .container-head .order [name$="-${name}"]`)
const stays = (item) => !item.classList.contains("removed")
const cardsOf = (container) => [...container.querySelectorAll(":scope > .placed > .placed-card")]
const containers = () => [...list.children]
const isCard = (item) => item.classList.contains("placed-card")
const text = (node) => node?.textContent.trim() || ""

const nameOf = (item) => {
  if (isCard(item)) return text(item.querySelector(".card-headline")) || form.dataset.new
  const typed = item.querySelector(".field-name input").value.trim()
  return typed || form.dataset.unnamed.replace("%n", containers().indexOf(item) + 1)
}

const say = (words) => { form.querySelector(".front-said").textContent = words }

const sayWhere = (item) => {
  const container = item.closest(".container")
  const among = (isCard(item) ? cardsOf(container) : containers()).filter(stays)
  say(form.dataset.said
    .replace("%n", among.indexOf(item) + 1)
    .replace("%m", among.length)
    .replace("%c", isCard(item) ? nameOf(container) : document.title.split(" | ")[0])
    .replace("%s", () => nameOf(item)))
}

const number = () => {
  containers().forEach((container, place) => {
    field(container, "ORDER").value = place + 1
    cardsOf(container).forEach((card, within) => {
      field(card, "ORDER").value = within + 1
      card.querySelector(':scope > [name$="-container"]').value = container.dataset.number
    })
  })
}

// One step: within its list, and for a story into the next container.
const step = (item, by) => {
  const beside = by < 0 ? item.previousElementSibling : item.nextElementSibling
  if (beside) {
    if (by < 0) beside.before(item)
    else beside.after(item)
  } else if (isCard(item)) {
    const own = item.closest(".container")
    const other = by < 0 ? own.previousElementSibling : own.nextElementSibling
    if (!other) return
    const there = other.querySelector(":scope > .placed")
    if (by < 0) there.append(item)
    else there.prepend(item)
  }
}

// What is moved or taken away is an input as well: leave.js asks before it is lost.
const changed = () => form.dispatchEvent(new Event("input", { bubbles: true }))

const moved = (item, focus) => {
  number()
  changed()
  focus?.focus()
  item.scrollIntoView({ block: "nearest" })
  sayWhere(item)
}

const made = (kind, prefix, place) => {
  const total = form.elements[`${prefix}-TOTAL_FORMS`]
  const html = document.getElementById(`new-${kind}`).innerHTML.replaceAll("__prefix__", total.value)
  const holder = document.createElement("ol")
  holder.innerHTML = html
  const item = holder.firstElementChild
  if (kind === "container") item.dataset.number = total.value
  total.value = Number(total.value) + 1
  place.append(item)
  item.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail: { formsetName: prefix } }))
  number()
  return item
}

const place = (container, article, headline) => {
  const card = made("placement", "p", container.querySelector(":scope > .placed"))
  const select = card.querySelector("select")
  if (article) {
    select.append(new Option(headline, article, true, true))
    card.querySelector(".card-headline").textContent = headline
    card.querySelector("details").open = false
    django.jQuery(select).trigger("change")
    moved(card, card.querySelector(".handle"))
  } else {
    django.jQuery(select).select2("open")
  }
}

const remove = (item, button) => {
  const gone = item.classList.toggle("removed")
  field(item, "DELETE").checked = gone
  changed()
  button.textContent = gone ? form.dataset.restore : form.dataset.remove
  say((gone ? form.dataset.gone : form.dataset.back).replace("%s", () => nameOf(item)))
}

const showFill = (container) => {
  const fill = container.querySelector('[name$="-fill"]').value
  for (const kind of ["category", "tag"]) container.querySelector(`.field-${kind}`).hidden = fill !== kind
}

const click = ({ target }) => {
  const button = target.closest("button")
  if (!button) return
  const item = button.closest(".placed-card") || button.closest(".container")
  if (button.matches(".up, .down")) {
    step(item, button.matches(".up") ? -1 : 1)
    moved(item, button)
  } else if (button.matches(".remove")) {
    remove(item, button)
  } else if (button.matches(".add-story")) {
    place(item)
  } else if (button.matches(".place")) {
    place(item, button.dataset.article, button.dataset.headline)
    button.closest("li").remove()
  } else if (button.matches(".add-container")) {
    const container = made("container", "c", list)
    showFill(container)
    moved(container, container.querySelector(".field-name input"))
  }
}

const key = (event) => {
  const handle = event.target.closest?.(".handle")
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
  if (!handle || !by) return
  event.preventDefault()
  step(handle.closest(".placed-card"), by)
  moved(handle.closest(".placed-card"), handle)
}

// Mouse and finger alike. The card lets the pointer through, so that what lies below it is found.
const EDGE = 60 // pixels from the top and the bottom of the window in which the page scrolls along

const put = (card, { clientX, clientY }) => {
  const below = document.elementFromPoint(clientX, clientY)
  const other = below?.closest(".placed-card")
  const container = below?.closest(".container")
  if (other) {
    const box = other.getBoundingClientRect()
    const beside = other.offsetTop === card.offsetTop
    const after = beside ? clientX > box.x + box.width / 2 : clientY > box.y + box.height / 2
    if (after) other.after(card)
    else other.before(card)
  } else if (container && !container.contains(card)) {
    container.querySelector(":scope > .placed").append(card)
  }
}

const drag = (event) => {
  const handle = event.target.closest(".handle")
  if (!handle || event.button) return
  event.preventDefault()
  const card = handle.closest(".placed-card")
  card.classList.add("dragged")
  let at = event
  const over = (now) => put(card, (at = now))
  const scroll = setInterval(() => {
    const by = at.clientY < EDGE ? -12 : at.clientY > innerHeight - EDGE ? 12 : 0
    if (!by) return
    scrollBy(0, by)
    put(card, at)
  }, 25)
  const ends = ["pointerup", "pointercancel"]
  const end = () => {
    clearInterval(scroll)
    document.removeEventListener("pointermove", over)
    ends.forEach((name) => document.removeEventListener(name, end))
    card.classList.remove("dragged")
    moved(card, handle)
  }
  document.addEventListener("pointermove", over)
  ends.forEach((name) => document.addEventListener(name, end))
}

if (list) {
  form.addEventListener("click", click)
  form.addEventListener("keydown", key)
  form.addEventListener("pointerdown", drag)
  form.addEventListener("submit", number)
  form.addEventListener("change", ({ target }) => {
    const container = target.closest(".container")
    if (target.matches('[name$="-fill"]')) showFill(container)
    if (target.matches('[name$="-layout"]')) {
      container.className = `container layout-${target.value}${stays(container) ? "" : " removed"}`
    }
  })
  django.jQuery(document).on("select2:select", ".field-article select", ({ target, params }) => {
    const card = target.closest(".placed-card")
    card.querySelector(".card-headline").textContent = params.data.text
    card.querySelector(".card-status").textContent = ""
    card.querySelector(":scope > img")?.remove()
  })
  containers().forEach(showFill)
  number()
}
