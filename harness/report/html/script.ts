/**
 * The script of the page: it only hides what is not asked for. Without it, everything is there
 * and <details> opens and closes. Its hash stands in the page's policy, so it holds no values.
 */
export const script = `
'use strict'
const form = document.querySelector('form.filter')
if (form !== null) {
  const search = form.querySelector('input[type=search]')
  const told = form.querySelector('output')
  const boxes = [...form.querySelectorAll('input[type=checkbox]')]
  const groups = [...document.querySelectorAll('details.group')].map((element) => {
    const rows = [...element.querySelectorAll('[data-sighting]')].map((row) => ({ row, text: row.textContent.toLowerCase() }))
    const head = element.querySelector('summary').textContent.toLowerCase()
    return { element, rows, head, level: element.dataset.level, wasOpen: element.open }
  })
  const apply = () => {
    const words = search.value.trim().toLowerCase().split(/\\s+/).filter((word) => word !== '')
    const levels = new Set(boxes.filter((box) => box.checked).map((box) => box.value))
    const holds = (text) => words.every((word) => text.includes(word))
    let shown = 0
    let all = 0
    for (const group of groups) {
      let visible = 0
      for (const { row, text } of group.rows) {
        row.hidden = !holds(group.head + ' ' + text)
        if (!row.hidden) visible += 1
      }
      all += group.rows.length
      group.element.hidden = visible === 0 || !levels.has(group.level)
      if (!group.element.hidden) shown += visible
      group.element.open = words.length === 0 ? group.wasOpen : true
    }
    told.textContent = shown === all ? all + ' shown' : shown + ' of ' + all + ' shown'
  }
  form.addEventListener('input', apply)
  form.addEventListener('submit', (event) => event.preventDefault())
  form.addEventListener('reset', () => setTimeout(apply))
  for (const button of document.querySelectorAll('button[data-place]')) {
    button.disabled = false
    button.addEventListener('click', () => {
      search.value = button.dataset.place
      apply()
      document.getElementById('findings').scrollIntoView()
      search.focus({ preventScroll: true })
    })
  }
  form.hidden = false
  apply()
}
`
