using System.Reflection;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>One field of a form, as a parameter of its record declares it.</summary>
internal sealed class FormField
{
    private readonly string[] faults;

    internal FormField(ParameterInfo parameter)
    {
        Property = parameter.Name!;
        Name = WireNames.Of(Property);
        Type = parameter.ParameterType;
        var generic = Type.IsGenericType ? Type.GetGenericTypeDefinition() : null;
        IsKept = generic == typeof(Kept<>) || generic == typeof(KeptList<>);
        IsList = generic == typeof(KeptList<>) || generic == typeof(IReadOnlyList<>);
        var value = IsKept || IsList ? Type.GetGenericArguments()[0] : Type;
        ValueType = Nullable.GetUnderlyingType(value) ?? value;
        IsOfThePage = !IsList && value == ValueType && value.IsValueType;
        faults = [Name, .. (parameter.GetCustomAttribute<FaultsOfAttribute>()?.Names ?? []).Select(WireNames.Of)];
    }

    /// <summary>The property of the record.</summary>
    internal string Property { get; }

    /// <summary>Its name in HTML.</summary>
    internal string Name { get; }

    /// <summary>The name of the field that holds what this one held when the page was rendered.</summary>
    internal string LoadedName => WireNames.Loaded(Name);

    /// <summary>The property's type.</summary>
    internal Type Type { get; }

    /// <summary>The type of one value.</summary>
    internal Type ValueType { get; }

    /// <summary>Whether it may come several times.</summary>
    internal bool IsList { get; }

    /// <summary>Whether the form also sends what it held when the page was rendered.</summary>
    internal bool IsKept { get; }

    /// <summary>
    /// Whether the page fills it, with a button or a hidden field: a value that may not be null. A form with anything else in it was not
    /// sent the way its page made it.
    /// </summary>
    internal bool IsOfThePage { get; }

    /// <summary>Whether a page that shows the form again leaves it empty.</summary>
    internal bool IsSecret => ValueType == typeof(Secret);

    /// <summary>The type of its <c>input</c>.</summary>
    internal string InputType => IsSecret ? "password"
        : ValueType == typeof(int) ? "number"
        : ValueType == typeof(DateOnly) ? "date"
        : "text";

    /// <summary>Whether a fault that a refusal names so stands next to this field.</summary>
    internal bool Takes(string fault) => faults.Contains(WireNames.Of(fault), StringComparer.Ordinal);
}
