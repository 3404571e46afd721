/* Search boxes: results with their pictures, words filled in where there are none, and names that
   are not in the list yet. Runs before Django starts the boxes. */
(() => {
  const $ = django.jQuery
  if (!$.fn.select2) return // this page has no search box
  const picture = (src) => $("<img alt='' width='64' height='40'>").attr("src", src)

  $.fn.select2.defaults.set("templateResult", (row) => {
    if (!row.thumb && !row.note) return row.text
    const line = $("<span class='picked'>")
    if (row.thumb) line.append(picture(row.thumb))
    line.append($("<span>").text(row.text))
    if (row.note) line.append($("<small>").text(row.note))
    return line
  })
  $.fn.select2.defaults.set("createTag", ({ term }) => {
    const name = term.trim()
    return name ? { id: `new:${name}`, text: name } : null
  })

  /* The picture that is chosen, beside its box. */
  const show = (select) => {
    const chosen = select.selectedOptions[0]
    const box = select.closest(".related-widget-wrapper") || select.parentElement
    box.querySelector(":scope > img.chosen")?.remove()
    if (chosen?.dataset.thumb) box.prepend(picture(chosen.dataset.thumb).addClass("chosen")[0])
  }

  const fill = (select, words) => {
    const prefix = select.name.replace(/[^-]+$/, "")
    const form = select.form
    for (const [name, value] of Object.entries(words)) {
      const field = form.elements[prefix + name]
      const replace = name === "headline" && prefix.startsWith("related-")
      if (!field || !value || (field.value && !replace)) continue
      if (name === "alt" && form.elements[`${prefix}decorative`]?.checked) continue
      field.value = value
      field.dispatchEvent(new Event("input", { bubbles: true }))
    }
  }

  $(document).on("select2:select", "select.admin-autocomplete", (event) => {
    const { thumb, fill: words } = event.params.data
    const chosen = event.target.selectedOptions[0]
    if (thumb && chosen) chosen.dataset.thumb = thumb
    show(event.target)
    if (words) fill(event.target, words)
  })
  $(document).on("select2:clear", "select.admin-autocomplete", (event) => {
    setTimeout(() => show(event.target))
  })
  $(() => document.querySelectorAll("select.admin-autocomplete").forEach(show))
})()
