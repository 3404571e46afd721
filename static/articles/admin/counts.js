// How long the story is, and whether headline and standfirst are longer than they are shown.

const PER_MINUTE = 238 // words; Brysbaert 2019, silent reading of English
const ADVISED = { headline: 70, standfirst: 160 } // what search pages show of a title, and of what it is about
const gettext = window.gettext ?? ((text) => text)
const form = document.querySelector("#article_form")
const make = (tag, properties) => Object.assign(document.createElement(tag), properties)

const segmenter = window.Intl?.Segmenter && new Intl.Segmenter(undefined, { granularity: "word" })

function wordsIn(text) {
  if (!segmenter) return text.match(/[\p{L}\p{N}]+([’'-][\p{L}\p{N}]+)*/gu)?.length ?? 0
  let count = 0
  for (const { isWordLike } of segmenter.segment(text)) count += isWordLike ? 1 : 0
  return count
}

// Words of readers' running text; a paragraph's end is an end of a word.
function plain(html) {
  const { body } = new DOMParser().parseFromString(html.replaceAll("</", " </"), "text/html")
  return body.textContent
}

function words() {
  const blocks = ".order-machine > .inline-related[data-region=body]:not(.empty-form, .for-deletion)"
  const texts = [...document.querySelectorAll(`${blocks} :is([name$="-html"], [name^=quote-][name$="-text"])`)]
  return texts.reduce((sum, { name, value }) => sum + wordsIn(name.endsWith("-html") ? plain(value) : value), 0)
}

function showLength(told) {
  const count = words()
  const minutes = Math.max(1, Math.round(count / PER_MINUTE))
  told.textContent = count
    ? `${count.toLocaleString()} ${gettext("words")} · ${minutes} ${gettext("min to read")}`
    : ""
}

function counter(name) {
  const field = form.elements[name]
  const told = make("p", { className: "counter", id: `id_${name}_count` })
  field.after(told)
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${told.id}`.trim())
  const show = () => {
    const length = [...field.value.trim()].length
    const over = length > ADVISED[name]
    told.classList.toggle("over", over)
    told.textContent = over
      ? `${length} ${gettext("characters: search pages cut it after about")} ${ADVISED[name]}`
      : `${length} / ${ADVISED[name]}`
  }
  field.addEventListener("input", show)
  show()
}

function start() {
  const told = make("output", { className: "length", id: "story-length" })
  document.querySelector(".tabs.regions")?.after(told)
  let timer
  const soon = () => {
    clearTimeout(timer)
    timer = setTimeout(showLength, 300, told)
  }
  for (const type of ["input", "change"]) form.addEventListener(type, soon)
  for (const type of ["formset:added", "formset:removed"]) document.addEventListener(type, soon)
  showLength(told)
  for (const name of Object.keys(ADVISED)) counter(name)
}

if (form?.elements.headline) document.addEventListener("content-editor:ready", start)
