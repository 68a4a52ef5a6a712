namespace KohakuRiver.Auth;

/// <summary>Two types for one service.</summary>
/// <param name="Service">What both implement.</param>
/// <param name="First">The type that was there; null where a factory makes it.</param>
/// <param name="Second">The type that came after it.</param>
internal sealed record PlugConflict(Type Service, Type? First, Type Second)
{
    /// <inheritdoc />
    public override string ToString() =>
        $"{Service.Name} was added twice: {First?.FullName ?? "by a factory"} and {Second.FullName}. A host has one; "
            + "remove one of the calls.";
}
