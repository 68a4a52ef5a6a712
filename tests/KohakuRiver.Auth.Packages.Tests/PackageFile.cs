using System.IO.Compression;
using System.Xml.Linq;

namespace KohakuRiver.Auth.Packages.Tests;

/// <summary>A package as a file.</summary>
internal sealed class PackageFile(string path) : IDisposable
{
    private readonly ZipArchive archive = ZipFile.OpenRead(path);

    /// <summary>Its entries, except those in which the package format notes its own structure.</summary>
    internal IEnumerable<string> Entries => archive.Entries.Select(e => e.FullName)
        .Where(
            name => name is not ("_rels/.rels" or "[Content_Types].xml")
                && !name.StartsWith("package/services/metadata/", StringComparison.Ordinal));

    /// <summary>The description of the package.</summary>
    internal XElement Metadata
    {
        get
        {
            using var nuspec = archive.Entries.Single(e => e.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
            return XDocument.Load(nuspec).Root!.Elements().Single(e => e.Name.LocalName == "metadata");
        }
    }

    /// <summary>An element of the description; null when it is not there.</summary>
    internal XElement? Of(string name) => Metadata.Elements().SingleOrDefault(e => e.Name.LocalName == name);

    /// <summary>All elements of the description with a name, at any depth.</summary>
    internal IEnumerable<XElement> AllOf(string name) => Metadata.Descendants().Where(e => e.Name.LocalName == name);

    internal byte[] Read(string entry)
    {
        using var content = archive.GetEntry(entry)!.Open();
        using var memory = new MemoryStream();
        content.CopyTo(memory);
        return memory.ToArray();
    }

    public void Dispose() => archive.Dispose();
}
