// What stands in the place of a field says what it is to those who do not see its label: text
// editors, search boxes, and the parts of content-editor that have none. On every page of the desk.

const gettext = window.gettext ?? ((text) => text)

function label(field) {
  const found = document.querySelector(`label[for="${CSS.escape(field.id)}"]`)
  if (found) found.id ||= `${field.id}_label`
  return found
}

function searchBox(select) {
  const box = select.parentElement.querySelector(":scope > .select2 .select2-selection")
  const shown = box?.querySelector(".select2-selection__rendered")
  const name = label(select)
  if (!shown || !name) return
  box.querySelector(".select2-search__field")?.setAttribute("aria-labelledby", name.id)
  box.setAttribute("aria-labelledby", `${name.id} ${shown.id}`)
  shown.setAttribute("aria-labelledby", name.id)
}

function textEditor(editor) {
  const field = editor.closest(".form-row")?.querySelector("textarea")
  const name = field && label(field)
  if (name) editor.setAttribute("aria-labelledby", name.id)
}

function name(root) {
  root.querySelectorAll("select.admin-autocomplete").forEach(searchBox)
  root.querySelectorAll(".ProseMirror[contenteditable]").forEach(textEditor)
  for (const select of root.querySelectorAll("select.inline_move_to_region")) {
    select.setAttribute("aria-label", gettext("Move to another part of the story"))
  }
}

const soon = ({ target }) =>
  setTimeout(name, 0, target.closest?.(".inline-related, .form-row") ?? document)
for (const type of ["content-editor:ready", "formset:added", "desk:added", "prose-editor:ready"]) {
  document.addEventListener(type, soon)
}
// What was ready before this was read said so to nobody; search boxes of a page that is no story's
// are made when it is.
name(document)
window.django?.jQuery?.(() => name(document))
