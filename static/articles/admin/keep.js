// The editor keeps what our stories have, and offers nothing that they cannot have.
import { Extension, Link as ProseLink, gettext, updateAttrsDialog } from "django-prose-editor/editor"

// The same elements as in articles/prose/markup.py.
const DIRECTED = [
  "paragraph", "heading", "blockquote", "bulletList", "orderedList", "listItem", "tableCell",
  "tableHeader",
]

// Arabic in an English story: `dir` would be lost at the first keystroke.
export const Direction = Extension.create({
  name: "direction",

  addGlobalAttributes() {
    return [
      {
        types: DIRECTED,
        attributes: {
          dir: {
            default: null,
            parseHTML: (element) => element.getAttribute("dir"),
            renderHTML: ({ dir }) => (dir ? { dir } : {}),
          },
        },
      },
    ]
  },
})

const askForAddress = updateAttrsDialog(
  { href: { type: "string", title: gettext("URL") } },
  { title: gettext("Edit Link") },
)

// A link has an address and no more: no title, no target.
export const Link = ProseLink.extend({
  addAttributes() {
    return { href: this.parent().href }
  },

  addCommands() {
    return {
      ...this.parent(),
      addLink:
        () =>
        ({ editor }) => {
          if (editor.state.selection.empty && !editor.isActive("link")) return
          askForAddress(editor, editor.getAttributes("link")).then((attrs) => {
            if (!attrs) return
            const chain = editor.chain().focus().extendMarkRange("link")
            ;(attrs.href ? chain.setLink(attrs) : chain.unsetLink()).run()
          })
        },
    }
  },
})
