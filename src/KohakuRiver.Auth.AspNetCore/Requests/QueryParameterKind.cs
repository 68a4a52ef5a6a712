namespace KohakuRiver.Auth.AspNetCore;

/// <summary>What a query parameter holds.</summary>
internal enum QueryParameterKind
{
    /// <summary>Any text up to a length.</summary>
    Text,

    /// <summary>One of some words.</summary>
    OneOf,

    /// <summary>The id of a row.</summary>
    Id,

    /// <summary>Yes or no.</summary>
    Bool,

    /// <summary>A point in time.</summary>
    Instant,

    /// <summary>A whole number within a range.</summary>
    Int,
}
