using System.Globalization;
using KohakuRiver.Auth.AspNetCore;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>From the text of a field to the value its record holds.</summary>
internal static class FormReader
{
    /// <summary>The value; what was sent and is none becomes a fault of the field.</summary>
    internal static object? Read(FormField field, SentForm sent, FieldFaults faults)
    {
        if (field.IsList)
        {
            var now = List(field, sent.List(field.Name), faults);
            return field.IsKept ? Make(field.Type, now, Before(sent.Text(field.LoadedName))) : now;
        }

        var text = sent.Text(field.Name);
        var value = One(field, text, faults);
        if (!field.IsKept)
        {
            return value;
        }

        // What the page showed is compared as text: what cannot be read is not the same because of that.
        var before = sent.Text(field.LoadedName);
        return Make(field.Type, value, One(field, before, new FieldFaults()), text is not null && text != before);

        Array? Before(string? texts) => texts is null
            ? null
            : List(field, texts.Split(',', StringSplitOptions.RemoveEmptyEntries), faults);
    }

    private static object Make(Type record, params object?[] values) => record.GetConstructors().Single().Invoke(values);

    private static Array List(FormField field, IReadOnlyList<string> texts, FieldFaults faults)
    {
        var values = new List<object>();
        foreach (var text in texts)
        {
            if (One(field, text, faults) is { } value)
            {
                values.Add(value);
            }
            else if (text.Filled() is null)
            {
                faults.Add(field.Property, Wanted(field.ValueType));
            }
        }

        var list = Array.CreateInstance(field.ValueType, values.Count);
        for (var i = 0; i < values.Count; i++)
        {
            list.SetValue(values[i], i);
        }

        return list;
    }

    private static object? One(FormField field, string? text, FieldFaults faults)
    {
        var type = field.ValueType;
        if (type == typeof(Secret))
        {
            return new Secret(text);
        }

        if (type == typeof(string))
        {
            return text;
        }

        if (text.Filled() is not { } filled)
        {
            return null;
        }

        var value = Parse(type, filled);
        if (value is null)
        {
            faults.Add(field.Property, Wanted(type));
        }

        return value;
    }

    private static object? Parse(Type type, string text)
    {
        var culture = CultureInfo.InvariantCulture;
        if (type == typeof(int))
        {
            return int.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var number) ? number : null;
        }

        if (type == typeof(long))
        {
            // The only large numbers of forms are ids.
            return long.TryParse(text, NumberStyles.None, culture, out var id) && JsonIds.IsId(id) ? id : null;
        }

        if (type == typeof(bool))
        {
            return text switch { "true" => true, "false" => false, _ => null };
        }

        if (type == typeof(DateOnly))
        {
            return DateOnly.TryParseExact(text, "yyyy-MM-dd", culture, DateTimeStyles.None, out var day) ? day : null;
        }

        return type.IsEnum
            ? Enum.GetValues(type).Cast<object>().FirstOrDefault(v => WireNames.Value(v) == text)
            : throw new InvalidOperationException($"No form has fields of the type {type.Name}.");
    }

    private static string Wanted(Type type) => type == typeof(int) ? "Must be a whole number."
        : type == typeof(DateOnly) ? "Choose a date."
        : "Choose one of the options.";
}
