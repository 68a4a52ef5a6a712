using System.Security.Cryptography;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>The panel's stylesheet, script and icon: embedded, each under an address that holds the hash of its content.</summary>
internal sealed class PanelAssets
{
    private readonly Dictionary<string, Asset> byFile = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> addresses = new(StringComparer.Ordinal);

    public PanelAssets()
    {
        Add("panel.css", "text/css; charset=utf-8");
        Add("panel.js", "text/javascript; charset=utf-8");
        Add("panel.svg", "image/svg+xml");
    }

    internal static string Folder => "/assets/";

    /// <summary>The address of a file within the panel.</summary>
    internal string Address(string name) => addresses[name];

    internal bool TryFind(string file, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Asset? asset) =>
        byFile.TryGetValue(file, out asset);

    private void Add(string name, string type)
    {
        using var stream = typeof(PanelAssets).Assembly.GetManifestResourceStream("panel/" + name)
            ?? throw new InvalidOperationException($"The panel's file {name} is not embedded.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        var hash = Convert.ToHexStringLower(SHA256.HashData(content))[..16];
        var file = $"{Path.GetFileNameWithoutExtension(name)}.{hash}{Path.GetExtension(name)}";
        byFile.Add(file, new Asset(content, type));
        addresses.Add(name, Folder + file);
    }

    internal sealed record Asset(byte[] Content, string Type);
}
