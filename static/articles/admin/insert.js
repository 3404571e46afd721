// What the text editor and the list of blocks know of each other: put a block where the cursor is,
// split a text, join two, and take only what a story can have out of a paste.
import { Extension, Plugin, gettext, pm } from "django-prose-editor/editor"
import { addBefore, begin, isEditable, neighbour, prefixOf } from "articles/blocks"
import { tidy } from "articles/paste"

const editorOf = (block) => block?.querySelector(".ProseMirror[contenteditable]")?.editor
const blockOf = (editor) => editor.view.dom.closest(".inline-related")

const plugins = () => {
  const context = document.getElementById("content-editor-context")
  return context ? JSON.parse(context.textContent).plugins : []
}

// What can be put at the cursor; its key is the first letter of its name.
const offered = () =>
  isEditable()
    ? plugins().filter(({ prefix, regions }) => prefix !== "text" && regions?.includes("body"))
    : []

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
  if (added) begin(added)
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

export const Desk = Extension.create({
  name: "desk",

  addKeyboardShortcuts() {
    const keys = offered().map(({ prefix }) => [
      `Alt-Shift-${prefix[0]}`,
      ({ editor }) => (insert(editor, prefix), true),
    ])
    return {
      ...Object.fromEntries(keys),
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
    for (const { prefix, button, title } of offered()) {
      const icon = button.replace(/<[^>]+>/g, "")
      const told = `${gettext("Insert here:")} ${title} (Alt+Shift+${prefix[0].toUpperCase()})`
      item(`insert:${prefix}`, icon, told, (editor) => insert(editor, prefix))
    }
    item("split", "content_cut", `${gettext("Split here")} (Ctrl+Shift+Enter)`, split)
    item("join", "merge", `${gettext("Join with the next text")} (Ctrl+Shift+J)`, join)
  },
})
