using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace KohakuRiver.Auth.AspNetCore.Tests.Infrastructure;

/// <summary>Query parameters are read exactly; pages link to the next one.</summary>
public sealed class QueryAndPagingTests
{
    private static readonly PageCursor Cursor = new() { Order = "-id", Id = 7, Number = 5 };

    [Fact]
    public void Query_OfTheRightForm_IsRead()
    {
        var query = Query(
            $"?limit=20&cursor={Cursor.Encode()}&id=3&flag=false&role=admin&at=2026-01-31T12:00:00Z&status=open&text=a+b&n=-4"
            + "&ignored=x&empty=");

        Assert.Equal(new PageRequest(20, Cursor), query.Page("-id", 100));
        Assert.Equal(3, query.Id("id"));
        Assert.False(query.Bool("flag"));
        Assert.Equal(Role.Admin, query.OneOf<Role>("role", RoleNames.All, RoleNames.TryParse));
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero), query.Instant("at"));
        Assert.Equal("open", query.OneOf("status", "open", "closed"));
        Assert.Equal("a b", query.Text("text"));
        Assert.Equal(-4, query.Int("n", -10, 10));
        Assert.Null(query.Text("empty"));
        Assert.Null(query.Refusal);
    }

    [Fact]
    public void Query_WithoutParameters_HasTheUsualPage()
    {
        var query = Query("");

        Assert.Equal(new PageRequest(100), query.Page("-id", 100));
        Assert.Null(query.Refusal);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=501", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("limit=1.0", "limit")]
    [InlineData("limit=+1", "limit")]
    [InlineData("limit=0x10", "limit")]
    [InlineData("limit=99999999999999999999999", "limit")]
    [InlineData("limit=1&limit=2", "limit")]
    [InlineData("limit=1&LIMIT=2", "limit")]
    [InlineData("cursor=nonsense", "cursor")]
    [InlineData("cursor=WyJ1c2VybmFtZSIsMSxudWxsLG51bGxd", "cursor")]
    [InlineData("id=0", "id")]
    [InlineData("id=-1", "id")]
    [InlineData("id=9007199254740992", "id")]
    [InlineData("id=1a", "id")]
    [InlineData("id=1&id=1", "id")]
    [InlineData("flag=1", "flag")]
    [InlineData("flag=True", "flag")]
    [InlineData("role=Admin", "role")]
    [InlineData("role=4", "role")]
    [InlineData("role=viewer,admin", "role")]
    [InlineData("at=2026-01-31", "at")]
    [InlineData("at=2026-01-31T12:00:00", "at")]
    [InlineData("status=Open", "status")]
    [InlineData("text=a&text=b", "text")]
    public void Parameter_OfTheWrongForm_IsNamed(string text, string name)
    {
        var query = Query("?" + text);
        query.Page("-id", 100);
        query.Id("id");
        query.Bool("flag");
        query.OneOf<Role>("role", RoleNames.All, RoleNames.TryParse);
        query.Instant("at");
        query.OneOf("status", "open", "closed");
        query.Text("text", 10);

        var fault = Assert.Single(query.Refusal!.Errors!);
        Assert.Equal(name, fault.Key);
        Assert.StartsWith(name + " ", Assert.Single(fault.Value));
    }

    [Fact]
    public void Text_TooLong_IsNotEchoed()
    {
        var query = Query("?text=" + new string('x', 50_000));

        Assert.Null(query.Text("text", longest: 100));
        Assert.Equal("text is longer than 100 characters.", query.Refusal!.Message);
    }

    [Fact]
    public void Link_KeepsTheOtherParametersAndThePathBase()
    {
        var context = new DefaultHttpContext();
        context.Features.Set(new RequestView(null, "http", new HostString("host.test"), "/base%20path"));
        context.Request.Path = "/api/auth/users";
        context.Request.QueryString = new QueryString("?search=a%26b%3Dc%3E&role=user&limit=2&cursor=old&offset=4&x=%0d%0aSet-Cookie:%20y");

        Paging.WriteHeaders(context, 12_345, Cursor);

        Assert.Equal("12345", context.Response.Headers["X-Total-Count"]);
        Assert.Equal(
            $"</base%20path/api/auth/users?search=a%26b%3Dc%3E&role=user&limit=2&x=%0D%0ASet-Cookie%3A%20y&cursor={Cursor.Encode()}>; "
                + $"rel=\"next\"",
            context.Response.Headers.Link);
    }

    [Fact]
    public void Link_OnTheLastPage_IsMissing()
    {
        var context = new DefaultHttpContext();

        Paging.WriteHeaders(context, 0, null);

        Assert.Equal("0", context.Response.Headers["X-Total-Count"]);
        Assert.Equal(0, context.Response.Headers.Link.Count);
    }

    private static StrictQuery Query(string text) => new(new QueryCollection(QueryHelpers.ParseQuery(text)));
}
