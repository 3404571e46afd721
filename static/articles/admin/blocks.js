// The blocks of a story as the list of them is built by django-content-editor. Their order is the
// CSS order and a hidden field; their place in the document says nothing.

export const prefixOf = (block) => block.id.replace(/-\d+$/, "")
export const isEditable = () => Boolean(document.querySelector(".submit-row input[type=submit]"))

const orderOf = (block) => block.querySelector(".order-machine-ordering")

// The blocks of the same region, from the top.
export const siblings = (block) =>
  [...block.parentElement.querySelectorAll(":scope > .inline-related:not(.empty-form, .for-deletion)")]
    .filter((other) => other.dataset.region === block.dataset.region)
    .sort((a, b) => a.style.order - b.style.order)

export function neighbour(block, step) {
  const all = siblings(block)
  return all[all.indexOf(block) + step]
}

// A new block of this kind in front of another (none: at the end). Returns it.
export function addBefore(prefix, before) {
  const editor = window.ContentEditor
  let added
  const grab = (event) => {
    if (event.detail.prefix === prefix) added = event.detail.inline
  }
  document.addEventListener("content-editor:activate", grab)
  editor._insertBefore = before || null
  editor.addContent(prefix)
  editor._insertBefore = null
  document.removeEventListener("content-editor:activate", grab)
  return added
}

// One place up (-1) or down (1). Returns whether there was one.
export function move(block, step) {
  const all = siblings(block)
  const from = all.indexOf(block)
  if (!all[from + step]) return false
  all.splice(from + step, 0, ...all.splice(from, 1))
  all.forEach((each, place) => {
    orderOf(each).value = each.style.order = 10 * (place + 1)
  })
  block.dispatchEvent(new Event("change", { bubbles: true }))
  block.scrollIntoView({ block: "nearest" })
  return true
}

// What is new is ready to be filled in: its search box is open, or its first field has the cursor.
export function begin(block) {
  block.scrollIntoView({ block: "center" })
  const live = block.querySelector(".ProseMirror[contenteditable]")
  const first = block.querySelector("select.admin-autocomplete, textarea, input:not([type=hidden])")
  if (live) live.focus()
  else if (first?.matches("[name$='-html']")) {
    const focus = ({ detail }) => detail.editor.commands.focus()
    block.addEventListener("prose-editor:ready", focus, { once: true })
  } else if (first?.matches("select")) django.jQuery(first).select2("open")
  else first?.focus()
}
