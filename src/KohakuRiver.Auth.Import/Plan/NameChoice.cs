namespace KohakuRiver.Auth.Import;

/// <summary>The name that a user of the old database gets.</summary>
/// <param name="Name">The name; null where there is none that is valid.</param>
/// <param name="Origin">Where it comes from.</param>
/// <param name="Fault">Why it cannot be used, as a sentence; null when the old database has nothing against it.</param>
internal sealed record NameChoice(string? Name, NameOrigin Origin, string? Fault);
