using System.ComponentModel;
using KohakuRiver.Auth.AdminPanel.Components;
using Microsoft.AspNetCore.Components;

namespace KohakuRiver.Auth.AdminPanel.Forms;

/// <summary>A field of the form around it: its label, hint, and what a refusal said about it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class FieldBase : PanelComponent
{
    /// <summary>The property of the form's record.</summary>
    [Parameter]
    [EditorRequired]
    public string For { get; set; } = "";

    /// <summary>What people read.</summary>
    [Parameter]
    [EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>One line of help; null for none.</summary>
    [Parameter]
    public string? Hint { get; set; }

    /// <summary>The value before anything was filled in.</summary>
    [Parameter]
    public string? Value { get; set; }

    /// <summary>Whether the browser asks for it.</summary>
    [Parameter]
    public bool Required { get; set; }

    /// <summary>Tells the fields of several forms of one page apart.</summary>
    [Parameter]
    public string? Id { get; set; }

    /// <summary>The form around it.</summary>
    [CascadingParameter]
    internal FormScope Scope { get; set; } = null!;

    internal FormField Field { get; private set; } = null!;

    /// <summary>The form as it was refused; null when it was not.</summary>
    internal FormState? State => Scope.State;

    internal string Name => Field.Name;

    internal string FieldId => Id ?? "f-" + Name;

    internal IReadOnlyList<string> Errors => State?.ErrorsOf(Field) ?? [];

    internal string Current => State?.Form.Sent.Text(Name) ?? Value ?? "";

    /// <summary>Whether the form also sends what the field held when the page was rendered.</summary>
    internal bool Keeps => Field.IsKept;

    internal string LoadedName => Field.LoadedName;

    /// <summary>What the field held when the page was first rendered: a form that was refused still says so.</summary>
    internal virtual string LoadedValue => State?.Form.Sent.Text(LoadedName) ?? Value ?? "";

    internal string? Invalid => Errors.Count > 0 ? "true" : null;

    internal bool HasFocus => State?.IsFirstIn([Field]) == true;

    internal string? DescribedBy
    {
        get
        {
            var parts = new List<string>(2);
            if (Hint is not null)
            {
                parts.Add(FieldId + "-hint");
            }

            if (Errors.Count > 0)
            {
                parts.Add(FieldId + "-error");
            }

            return parts.Count == 0 ? null : string.Join(' ', parts);
        }
    }

    /// <inheritdoc />
    protected override void OnParametersSet() => Field = Scope.Show(For);
}
