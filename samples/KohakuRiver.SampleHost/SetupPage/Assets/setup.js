"use strict";

// The page's part of the set-up: sends the form as JSON and shows each fault beside its field.
const form = document.getElementById("setup");
const fieldOfError = { register_secret: "code", token: "code", username: "username", password: "password", display_name: "username" };

for (const place of document.querySelectorAll("[data-origin]")) {
  place.textContent = location.origin;
}

const done = document.getElementById("done");
if (done && location.hash === "#done") {
  done.hidden = false;
}

function show(field, message) {
  document.getElementById(`${field}-error`).textContent = message;
  document.getElementById(field).setAttribute("aria-invalid", message ? "true" : "false");
}

function summarize(message) {
  const summary = document.getElementById("summary");
  summary.textContent = message;
  summary.hidden = !message;
}

function clear() {
  summarize("");
  for (const field of ["username", "password", "code"]) {
    show(field, "");
  }
}

function tell(problem) {
  let first = null;
  for (const [name, messages] of Object.entries(problem.errors ?? {})) {
    const field = fieldOfError[name];
    if (field) {
      show(field, messages.join(" "));
      first ??= field;
    }
  }

  if (first) {
    document.getElementById(first).focus();
  } else {
    summarize(problem.detail ?? "The host refused this.");
  }
}

async function send() {
  const body = {
    username: form.elements.username.value.trim(),
    password: form.elements.password.value,
    register_secret: form.elements.code.value.trim(),
  };
  const response = await fetch("/api/auth/register", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (response.ok) {
    location.replace("/admin#done");
    return;
  }

  tell(await response.json().catch(() => ({ detail: `The host answered ${response.status}.` })));
}

if (form) {
  document.getElementById("reveal").addEventListener("change", (event) => {
    form.elements.password.type = event.target.checked ? "text" : "password";
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clear();
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      await send();
    } catch {
      summarize("The host does not answer. Is it still running?");
    } finally {
      button.disabled = false;
    }
  });
}
