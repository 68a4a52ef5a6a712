using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>
/// A form as a record: its parameters are the fields (<see cref="FormShape"/>), so that a field's name is written once. Values that may be
/// null are filled in by people: what cannot be read is a fault of the field, and null. Values that may not be null are filled in by the
/// page.
/// </summary>
internal abstract record PanelForm
{
    /// <summary>What is wrong with what was sent. Handlers add what they find.</summary>
    internal FieldFaults Faults { get; set; } = new();

    /// <summary>All that was sent but the secrets and the form token, for showing the form again.</summary>
    internal SentForm Sent { get; set; } = SentForm.Empty;
}

/// <summary>A form that its handler takes as a parameter.</summary>
/// <typeparam name="TSelf">The record itself.</typeparam>
internal abstract record PanelForm<TSelf> : PanelForm
    where TSelf : PanelForm<TSelf>
{
    /// <summary>The form of the request, which was read and checked before its handler runs.</summary>
    public static ValueTask<TSelf?> BindAsync(HttpContext context) => ValueTask.FromResult((TSelf?)PanelContext.Of(context).Form);
}
