namespace PartnerPortal.Tests.Resources;

public sealed class RazorTextTests
{
    [Theory]
    [InlineData("<p>Hello</p>", "Hello")]
    [InlineData("<p>@L[\"Hello\"]</p>", null)]
    [InlineData("@page \"/x\"\n@inject Foo<Bar> L\n<p>@(a < b ? \"x\" : \"y\") · 3</p>", null)]
    [InlineData("@if (a < b)\n{\n    <p class=\"x\">@L[\"A\", x]</p>\n}\nelse if (c)\n{\n    var y = Foo<Bar>(\"text\");\n    <p>Left</p>\n}", "Left")]
    [InlineData("<button aria-label=\"Close\">@X</button>", "Close")]
    [InlineData("<button aria-label=\"@L[\"Close\"]\" class=\"btn ghost\">@X</button>", null)]
    [InlineData("<Modal Title=\"Invite\" />", "Invite")]
    [InlineData("<Icon Name=\"menu\" />", null)]
    [InlineData("<p>a</p>@code {\n string Text => \"<p>seen</p>\"; }", "a")]
    [InlineData("@if (X is { } code)\n{\n    <code>@code</code>\n}\n<p>b</p>", "b")]
    [InlineData("@foreach (var x in xs.Where(i => i > 3))\n{\n    <li @key=\"x\">@x.Name</li>\n}", null)]
    [InlineData("@switch (x)\n{\n    case 1:\n        <p>One</p>\n        break;\n}", "One")]
    [InlineData("<style>.a{color:red}</style><script>let a = 'b';</script>@* not this *@<!-- nor this -->", null)]
    [InlineData("<a href=\"@Url.Of(\"a\", (\"b\", \"c\"))\" title='@L[\"x\"] now'>@T</a>", "now")]
    public void Find_Markup_TellsLiteralsFromCode(string source, string? expected)
    {
        Assert.Equal(expected is null ? [] : new[] { expected }, RazorText.Find(source).Select(f => f.Literal));
    }
}
