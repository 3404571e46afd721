// Nobody leaves a page of the desk with words in it that were not sent, without being asked. What is
// typed into the form of a story is kept as well: unsaved.js looks after that one.
const FORMS = "#content form[method=post]:not(#article_form, #login-form, #changelist-form, #many)"

const WORDS = "textarea, input:is([type=text], [type=email], [type=url], [type=number])"

// Words that came back with what is wrong with them are stored nowhere.
let dirty = [...document.querySelectorAll(FORMS)].some(
  (form) => form.querySelector(".errorlist, .errornote") && form.querySelector(WORDS),
)

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
