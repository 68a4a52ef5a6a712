using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>
/// The panel's stylesheet, script and icon: embedded, each under an address that holds the hash of its content. Styles and scripts are
/// written in parts, by subject, and sent as one file each, compressed: few requests, few bytes, and no tool that would have to bundle
/// them.
/// </summary>
internal sealed class PanelAssets
{
    private readonly Dictionary<string, Asset> byFile = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> addresses = new(StringComparer.Ordinal);

    public PanelAssets(IOptions<AdminPanelOptions> options)
    {
        var accent = Rgb.TryParse(options.Value.AccentColor, out var color) ? AccentColors.Css(color) : "";
        Add("panel.css", "text/css; charset=utf-8", string.Join('\n', Parts("panel/styles/")) + accent);
        Add("panel.js", "text/javascript; charset=utf-8", Script());
        Add("panel.svg", "image/svg+xml", Read("panel/panel.svg"));
    }

    internal static string Folder => "/assets/";

    /// <summary>The address of a file within the panel.</summary>
    internal string Address(string name) => addresses[name];

    internal bool TryFind(string file, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Asset? asset) =>
        byFile.TryGetValue(file, out asset);

    // The first part has what the others share; the names in each other part are its own.
    private static string Script()
    {
        var parts = Parts("panel/scripts/").ToList();
        var others = string.Join('\n', parts.Skip(1).Select(p => $"{{\n{p}}}"));
        return $"(() => {{\n'use strict';\n{parts[0]}{others}\n}})();\n";
    }

    private static IEnumerable<string> Parts(string folder) => typeof(PanelAssets).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith(folder, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(Read);

    private static string Read(string resource)
    {
        using var stream = typeof(PanelAssets).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The panel's file {resource} is not embedded.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private void Add(string name, string type, string text)
    {
        var content = Encoding.UTF8.GetBytes(text);
        var hash = Convert.ToHexStringLower(SHA256.HashData(content))[..16];
        var file = $"{Path.GetFileNameWithoutExtension(name)}.{hash}{Path.GetExtension(name)}";
        byFile.Add(file, new Asset(content, type, [
            ("br", Compress(content, to => new BrotliStream(to, CompressionLevel.Optimal))),
            ("gzip", Compress(content, to => new GZipStream(to, CompressionLevel.Optimal))),
        ]));
        addresses.Add(name, Folder + file);
    }

    private static byte[] Compress(byte[] content, Func<Stream, Stream> open)
    {
        using var compressed = new MemoryStream();
        using (var stream = open(compressed))
        {
            stream.Write(content);
        }

        return compressed.ToArray();
    }

    /// <param name="Content">As it is.</param>
    /// <param name="Type">Its media type.</param>
    /// <param name="Compressed">The same by the name of its encoding, the smallest first.</param>
    internal sealed record Asset(byte[] Content, string Type, IReadOnlyList<(string Name, byte[] Content)> Compressed);
}
