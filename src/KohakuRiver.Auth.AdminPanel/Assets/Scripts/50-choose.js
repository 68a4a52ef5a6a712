// Choosing all rows of a page.
for (const button of all('[data-choose-all]')) {
  button.addEventListener('click', () => {
    const boxes = all(`input[type="checkbox"][form="${button.dataset.chooseAll}"]`);
    const choose = boxes.some(box => !box.checked);
    for (const box of boxes) box.checked = choose;
  });
}
