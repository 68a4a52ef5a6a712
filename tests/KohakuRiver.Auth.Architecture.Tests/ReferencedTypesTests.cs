using System.Text;

namespace KohakuRiver.Auth.Architecture.Tests;

/// <summary>The finder the arrows rest on finds what it should.</summary>
public sealed class ReferencedTypesTests
{
    [Fact]
    public void Of_AUsedType_FindsItWhereverItStands()
    {
        var found = ReferencedTypes.Of(typeof(ReferencedTypesSample));
        Assert.Contains(typeof(StringBuilder), found);
        Assert.Contains(typeof(Guid), found);
        Assert.Contains(typeof(Uri), found);
        Assert.Contains(typeof(FormatException), found);
        Assert.Contains(typeof(List<>), found);
        Assert.Contains(typeof(Version), found);
        Assert.Contains(typeof(ObsoleteAttribute), found);
        Assert.DoesNotContain(typeof(ReferencedTypesSample), found);
        Assert.DoesNotContain(typeof(HashSet<>), found);
    }

    [Fact]
    public void Of_ARule_FindsTheModel() => Assert.Contains(typeof(User), ReferencedTypes.Of(typeof(AccessRules)));
}
