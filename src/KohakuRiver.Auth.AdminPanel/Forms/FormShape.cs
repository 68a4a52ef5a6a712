using System.Collections.Concurrent;
using System.Reflection;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>What a form may send, taken from its record: each parameter of the record is a field, and there are no others.</summary>
internal sealed class FormShape
{
    private static readonly ConcurrentDictionary<Type, FormShape> Known = new();

    private readonly ConstructorInfo constructor;

    private FormShape(Type form)
    {
        Form = form;
        constructor = form.GetConstructors().Single();
        Fields = [.. constructor.GetParameters().Select(p => new FormField(p))];
    }

    /// <summary>The record.</summary>
    internal Type Form { get; }

    internal IReadOnlyList<FormField> Fields { get; }

    /// <summary>The field of a property.</summary>
    /// <exception cref="InvalidOperationException">The record has no such property.</exception>
    internal FormField this[string property] => Fields.FirstOrDefault(f => f.Property == property)
        ?? throw new InvalidOperationException($"{Form.Name} has no field {property}.");

    /// <summary>The shape of a record; made once.</summary>
    internal static FormShape Of(Type form) => Known.GetOrAdd(form, f => new FormShape(f));

    /// <summary>Whether a field of this name may be sent so many times.</summary>
    internal bool Allows(string name, int times) =>
        Fields.Any(f => (f.Name == name && (times == 1 || f.IsList)) || (f.IsKept && f.LoadedName == name && times == 1));

    /// <summary>
    /// The record of what was sent, with all that is wrong in it; null when a field that only the page fills holds what the page never puts
    /// there.
    /// </summary>
    internal PanelForm? Read(SentForm sent)
    {
        var faults = new FieldFaults();
        var values = new object?[Fields.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = FormReader.Read(Fields[i], sent, faults);
            if (values[i] is null && Fields[i].IsOfThePage)
            {
                return null;
            }
        }

        var form = (PanelForm)constructor.Invoke(values);
        form.Faults = faults;
        form.Sent = WithoutSecrets(sent);
        return form;
    }

    /// <summary>What may be shown again: all but secrets and the token.</summary>
    internal SentForm WithoutSecrets(SentForm sent) =>
        sent.Without(Fields.Where(f => f.IsSecret).Select(f => f.Name).Append(FormTokens.Field));
}
