// What the text editor and the list of blocks know of each other: put a block where the cursor is,
// split a text, join two, and take only what a story can have out of a paste.
import { Extension, Plugin, gettext, pm } from "django-prose-editor/editor"
import { addBefore, isEditable, neighbour, prefixOf } from "articles/blocks"

const editorOf = (block) => block?.querySelector(".ProseMirror[contenteditable]")?.editor
const blockOf = (editor) => editor.view.dom.closest(".inline-related")

const plugins = () => {
  const context = document.getElementById("content-editor-context")
  return context ? JSON.parse(context.textContent).plugins : []
}

function whenReady(block, act) {
  if (editorOf(block)) act(editorOf(block))
  else {
    const ready = (event) => act(event.detail.editor)
    block.addEventListener("prose-editor:ready", ready, { once: true })
  }
}

// After the paragraph with the cursor; before it where the cursor stands at its start.
function cut(state) {
  const { $from } = state.selection
  if ($from.depth === 0) return $from.pos
  const first = $from.parentOffset === 0 && $from.depth === 1
  return first ? $from.before(1) : $from.after(1)
}

// Splitting and joining stay out of the history: undo works within one text only, and would
// bring back here what is still there.
const unrecorded = (editor) => editor.chain().setMeta("addToHistory", false)

// The rest of this text as a block of its own. Returns the block that stands after the cursor.
function split(editor) {
  const block = blockOf(editor)
  const { state } = editor
  const at = cut(state)
  const rest = state.doc.slice(at).content
  if (!rest.size || !rest.textBetween(0, rest.size).trim()) return neighbour(block, 1)
  const html = document.createElement("div")
  html.append(pm.model.DOMSerializer.fromSchema(state.schema).serializeFragment(rest))
  unrecorded(editor).deleteRange({ from: at, to: state.doc.content.size }).run()
  const next = addBefore(prefixOf(block), neighbour(block, 1))
  // Into the field at once: whoever saves before its editor has started must not lose it.
  const field = next.querySelector("textarea")
  field.value = html.innerHTML
  whenReady(next, (other) => {
    if (other.isEmpty) unrecorded(other).setContent(html.innerHTML, { emitUpdate: true }).run()
  })
  return next
}

function insert(editor, prefix) {
  const added = addBefore(prefix, split(editor))
  added?.scrollIntoView({ block: "center" })
  added?.querySelector(".select2-selection, textarea, input:not([type=hidden])")?.focus()
}

// The text below becomes part of this one: a split undone.
function join(editor) {
  const block = blockOf(editor)
  const next = neighbour(block, 1)
  const other = next && prefixOf(next) === prefixOf(block) && editorOf(next)
  if (!other) return false
  const end = editor.state.doc.content.size
  unrecorded(editor).insertContentAt(end, other.getHTML()).run()
  const remove = next.querySelector("a.inline-deletelink, .delete input[type=checkbox]")
  remove.click()
  editor.commands.focus()
  return true
}

// What word processors leave in a paste, and no story needs.
function tidy(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html")
  for (const br of body.querySelectorAll(":scope > br, :scope > b > br")) br.remove()
  for (const p of body.querySelectorAll("p, div")) {
    if (!p.textContent.trim() && !p.querySelector("img")) p.remove()
  }
  for (const mark of body.querySelectorAll("[style*='mso-list:Ignore' i]")) mark.remove()
  for (const a of body.querySelectorAll("a[href*='google.com/url?']")) {
    a.href = new URL(a.href).searchParams.get("q") || a.href
  }
  return body.innerHTML
}

export const Desk = Extension.create({
  name: "desk",

  addKeyboardShortcuts() {
    return {
      "Mod-Shift-Enter": ({ editor }) => (split(editor), true),
      "Mod-Shift-j": ({ editor }) => join(editor),
    }
  },

  addProseMirrorPlugins() {
    return [new Plugin({ props: { transformPastedHTML: tidy } })]
  },

  addMenuItems({ buttons, menu }) {
    const item = (name, icon, title, command) =>
      menu.defineItem({ name, groups: "insertHere", button: buttons.material(icon, title), command })
    if (!isEditable()) return
    for (const { prefix, button, title, regions } of plugins()) {
      if (prefix === "text" || !regions?.includes("body")) continue
      const icon = button.replace(/<[^>]+>/g, "")
      const told = `${gettext("Insert here:")} ${title}`
      item(`insert:${prefix}`, icon, told, (editor) => insert(editor, prefix))
    }
    item("split", "content_cut", `${gettext("Split here")} (Ctrl+Shift+Enter)`, split)
    item("join", "merge", `${gettext("Join with the next text")} (Ctrl+Shift+J)`, join)
  },
})
