using System.Diagnostics.CodeAnalysis;

namespace KohakuRiver.Auth;

/// <summary>A key that the configuration section may have: a part with keys of its own, a list, a duration or any other value.</summary>
internal sealed class OptionKey
{
    private OptionKey(string name, Type type, OptionKey[] children)
    {
        Name = name;
        Children = children;
        IsDuration = type == typeof(TimeSpan);
        IsList = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IList<>);
    }

    /// <summary>All keys, as the parts of one that has no name.</summary>
    internal static OptionKey All { get; } = new(
        "",
        typeof(KohakuAuthOptions),
        Of(
            typeof(KohakuAuthOptions),
            (nameof(KohakuAuthOptions.Passwords), Of(typeof(PasswordOptions))),
            (nameof(KohakuAuthOptions.Throttling), Of(typeof(ThrottlingOptions))),
            (nameof(KohakuAuthOptions.Limits), Of(typeof(LimitOptions))),
            (nameof(KohakuAuthOptions.Retention), Of(typeof(RetentionOptions))),
            (nameof(KohakuAuthOptions.Delivery), Of(typeof(DeliveryOptions))),
            (nameof(KohakuAuthOptions.Streams), Of(typeof(StreamOptions)))));

    internal string Name { get; }

    internal OptionKey[] Children { get; }

    internal bool IsDuration { get; }

    internal bool IsList { get; }

    internal bool IsPart => Children.Length > 0;

    /// <summary>The key of this name in this part; null where there is none. Like all configuration it knows no case.</summary>
    internal OptionKey? Find(string name) => Array.Find(Children, c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase));

    // Part by part with its type written out, so that a trimmed program keeps the names too.
    private static OptionKey[] Of(
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] Type type,
        params (string Name, OptionKey[] Keys)[] parts) =>
        [.. type.GetProperties().Select(p => new OptionKey(
            p.Name, p.PropertyType, Array.Find(parts, part => part.Name == p.Name).Keys ?? []))];
}
