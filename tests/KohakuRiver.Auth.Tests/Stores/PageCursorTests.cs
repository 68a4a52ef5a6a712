using System.Buffers.Text;
using System.Text;

namespace KohakuRiver.Auth.Tests;

public sealed class PageCursorTests
{
    public static TheoryData<string, long, string?, long?> Cursors { get; } = new()
    {
        { "username", 7, "alice", null },
        { "created_at", long.MaxValue, null, 1_700_000_000_123_456 },
        { "last_login_at", 1, null, null },
        { "username", 1, "", -1 },
        { "-display_name", 1, "\"quoted\" \\ \u65e5\u672c \U0001F600 <b>", long.MinValue },
    };

    [Theory]
    [MemberData(nameof(Cursors))]
    public void Encode_AndDecode_GiveTheSame(string order, long id, string? text, long? number)
    {
        var cursor = new PageCursor { Order = order, Id = id, Text = text, Number = number };
        var written = cursor.Encode();
        Assert.Matches("^[A-Za-z0-9_-]+$", written);
        Assert.True(PageCursor.TryDecode(written, out var read));
        Assert.Equal(cursor, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("a")]
    [InlineData("abc")]
    [InlineData("../../etc/passwd")]
    [InlineData("\0")]
    public void TryDecode_OfNoBase64OfJson_IsFalse(string text) => AssertRefused(text);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[\"username\",1,null]")]
    [InlineData("[\"username\",1,null,null,null]")]
    [InlineData("[\"username\",\"1\",null,null]")]
    [InlineData("[\"username\",1.5,null,null]")]
    [InlineData("[\"username\",99999999999999999999,null,null]")]
    [InlineData("[\"username\",null,null,null]")]
    [InlineData("[1,1,null,null]")]
    [InlineData("[\"username\",1,2,null]")]
    [InlineData("[\"username\",1,null,\"2\"]")]
    [InlineData("[\"username\",1,{},null]")]
    [InlineData("[\"\\ud800\",1,null,null]")]
    [InlineData("[\"username\",1,null,null")]
    public void TryDecode_OfOtherJson_IsFalse(string json) => AssertRefused(Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void TryDecode_OfBrokenUtf8OrTooMuch_IsFalse()
    {
        AssertRefused(Base64Url.EncodeToString([.. "[\""u8, 0xFF, 0xFE, .. "\",1,null,null]"u8]));
        AssertRefused(new PageCursor { Order = "username", Id = 1, Text = new string('a', 2000) }.Encode());
        AssertRefused(Base64Url.EncodeToString(Encoding.ASCII.GetBytes(new string('[', 700))));
    }

    [Fact]
    public void TryDecode_OfEveryCutAndEveryChangedCharacter_NeverThrows()
    {
        var written = new PageCursor { Order = "username", Id = 12, Text = "alice", Number = 5 }.Encode();
        for (var i = 0; i < written.Length; i++)
        {
            AssertRefused(written[..i]);
            foreach (var c in "A_-9=+/ \n\u00e9")
            {
                var changed = written[..i] + c + written[(i + 1)..];
                Assert.Equal(PageCursor.TryDecode(changed, out var cursor), cursor is not null);
            }
        }
    }

    private static void AssertRefused(string text)
    {
        Assert.False(PageCursor.TryDecode(text, out var cursor));
        Assert.Null(cursor);
    }
}
