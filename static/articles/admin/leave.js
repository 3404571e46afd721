// Nobody leaves a page of the desk with words in it that were not sent, without being asked. What is
// typed into the form of a story is kept as well: unsaved.js looks after that one.
const FORMS = "#content form[method=post]:not(#article_form, #login-form, #changelist-form, #many)"

// What came back with what is wrong with it is stored nowhere.
let dirty = Boolean(document.querySelector(`:is(${FORMS}) :is(.errorlist, .errornote)`))

function mark({ target }) {
  // A password is typed again, a file chosen again.
  const words = !target.matches?.("[type=password], [type=file], [type=search]")
  if (words && target.closest?.(FORMS)) dirty = true
}

for (const type of ["input", "change"]) document.addEventListener(type, mark)
window.django?.jQuery?.(document).on("select2:select select2:unselect select2:clear", mark)
addEventListener("submit", (event) => {
  if (!event.defaultPrevented) dirty = false
})
addEventListener("beforeunload", (event) => {
  if (dirty) event.preventDefault()
})
