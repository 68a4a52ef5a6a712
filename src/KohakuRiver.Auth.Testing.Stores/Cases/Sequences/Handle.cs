namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>
/// Something created in both stores, with its id in the model and its id in the stores under test; 0 where it was not created.
/// </summary>
internal sealed class Handle(string name, SecretHash hash)
{
    private bool isGone;

    public string Name => name;

    public SecretHash Hash => hash;

    public long[] Ids { get; } = new long[2];

    public DateTimeOffset? ExpiresAt { get; init; }

    public Handle? Owner { get; init; }

    public bool IsThere => Ids[0] != 0 && !isGone;

    public string Ended(bool done)
    {
        isGone |= done;
        return done ? "ended" : "refused";
    }
}
