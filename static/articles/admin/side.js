// Rows that are no blocks: what a story is filed under, and the pictures of a gallery.
import { begin, isEditable } from "articles/blocks"

const gettext = window.gettext ?? ((text) => text)
const make = (tag, properties) => Object.assign(document.createElement(tag), properties)

// Categories, tags, authors: the first is the one that counts

function rowsOf(group) {
  return [...group.querySelectorAll(".side-row:not(.empty-form)")].sort(
    (a, b) => (a.style.order || 0) - (b.style.order || 0),
  )
}

function place(group) {
  rowsOf(group).forEach((row, number) => {
    row.style.order = number + 1
    row.querySelector("[name$=-position]").value = number
  })
}

function sideRows(group) {
  rowsOf(group).forEach((row, number) => (row.style.order = number + 1))
  group.addEventListener("click", (event) => {
    const row = event.target.closest(".first-row")?.closest(".side-row")
    if (!row) return
    row.style.order = 0
    place(group)
    row.dispatchEvent(new Event("change", { bubbles: true }))
  })
  const dress = (row) => {
    const title = row.querySelector(":scope > h3")
    if (!title || title.querySelector(".first-row")) return
    title.prepend(make("button", { type: "button", className: "first-row", textContent: gettext("Put first") }))
  }
  rowsOf(group).forEach(dress)
  group.addEventListener("formset:added", ({ target }) => {
    target.style.order = 1000
    dress(target)
    place(group)
    setTimeout(begin, 0, target) // Django starts its search box in the same event
  })
}

// Pictures of a gallery

function addPicture({ target }) {
  const button = target.closest?.("button.add-picture")
  if (!button) return
  const box = button.closest(".pictures")
  const hidden = box.querySelector(".picture.blank[hidden]")
  if (hidden) {
    hidden.hidden = false
    return
  }
  const total = box.querySelector("[name$=-TOTAL_FORMS]")
  const prefix = total.name.replace(/-TOTAL_FORMS$/, "")
  const template = box.querySelector("template").innerHTML
  const html = template.replace(/gallery-(?:\d+|__prefix__)-pictures-__prefix__/g, `${prefix}-${total.value}`)
  total.value = Number(total.value) + 1
  button.insertAdjacentHTML("beforebegin", html)
  const added = button.previousElementSibling
  django.jQuery(added).find(".admin-autocomplete").djangoAdminSelect2()
  added.dispatchEvent(new Event("desk:added", { bubbles: true }))
}

// Blank rows are there for who has no scripts; one will do for the rest.
function fewBlanks(root) {
  for (const box of root.querySelectorAll(".pictures")) {
    const filled = box.querySelector(".picture:not(.blank)")
    const blank = [...box.querySelectorAll(".picture.blank")]
    for (const each of blank.slice(filled ? 0 : 1)) each.hidden = true
    box.querySelector(".add-picture").hidden = false
  }
}

if (document.querySelector("#article_form") && isEditable()) {
  fewBlanks(document)
  document.addEventListener("click", addPicture)
  for (const group of document.querySelectorAll(".side-rows")) sideRows(group)
  document.addEventListener("formset:added", ({ target }) => fewBlanks(target))
}
