namespace KohakuRiver.Auth.Testing.Tests.Embedding;

/// <summary>What the app of <see cref="OwnPanelApp"/> knows of its users.</summary>
internal sealed class DiskUsage
{
    private volatile bool isClean;

    /// <summary>How many gigabytes are temporary.</summary>
    internal int Temporary => isClean ? 0 : 12;

    internal int Of(string username) => username.Length + Temporary;

    internal void Clean() => isClean = true;
}
