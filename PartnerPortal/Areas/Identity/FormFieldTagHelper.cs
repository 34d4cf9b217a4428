using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace PartnerPortal.Areas.Identity;

/// <summary>A field as components draw it (Components/Ui/Field.razor): label, input, and below it the hint or, in its place, what is wrong.</summary>
[HtmlTargetElement("form-field", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FormFieldTagHelper(IStringLocalizer<IdentityText> text) : TagHelper
{
    public required ModelExpression For { get; set; }

    public required string Label { get; set; }

    public string? Hint { get; set; }

    /// <summary>The word "optional"; what is required is not marked.</summary>
    public string? Optional { get; set; }

    /// <summary>text, email or password. A password is never sent back to the page, and has a button that shows it.</summary>
    public string Type { get; set; } = "text";

    public string? Autocomplete { get; set; }

    public string? Inputmode { get; set; }

    public int Maxlength { get; set; } = 200;

    public bool Autofocus { get; set; }

    /// <summary>A code to be read symbol by symbol.</summary>
    public bool Code { get; set; }

    [ViewContext]
    [HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    private string Name => ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);

    private string Id => TagBuilder.CreateSanitizedId(Name, "_");

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var state = ViewContext.ViewData.ModelState.TryGetValue(Name, out var entry) ? entry : null;
        var error = state?.Errors.Count > 0 ? string.Join(' ', state.Errors.Select(e => e.ErrorMessage)) : null;
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", error is null ? "field" : "field invalid");
        output.Content.AppendHtml(LabelTag());
        var input = Input(error, state?.AttemptedValue ?? For.Model?.ToString());
        output.Content.AppendHtml(Type == "password" ? WithShowButton(input) : input);
        if ((error ?? Hint) is { Length: > 0 } line)
        {
            output.Content.AppendHtml(Line(line, isError: error is not null));
        }
    }

    private TagBuilder LabelTag()
    {
        var label = new TagBuilder("label");
        label.Attributes["for"] = Id;
        label.InnerHtml.Append(Label);
        if (Optional is not null)
        {
            var optional = new TagBuilder("span");
            optional.AddCssClass("opt");
            optional.InnerHtml.Append(Optional);
            label.InnerHtml.Append(" ").AppendHtml(optional);
        }

        return label;
    }

    private TagBuilder Input(string? error, string? value)
    {
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        input.AddCssClass(Code ? "input code" : "input");
        Set("id", Id);
        Set("name", Name);
        Set("type", Type);
        Set("value", Type == "password" ? null : value);
        Set("autocomplete", Autocomplete);
        Set("inputmode", Inputmode);
        Set("maxlength", Maxlength.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Set("aria-invalid", error is null ? null : "true");
        Set("aria-describedby", error is not null ? Id + "-error" : Hint is { Length: > 0 } ? Id + "-hint" : null);
        Set("autofocus", Autofocus && ViewContext.ViewData.ModelState.IsValid ? "autofocus" : null);
        Set("dir", Type == "email" || Code ? "ltr" : null);
        Set("spellcheck", Type == "email" || Code ? "false" : null);
        Set("autocapitalize", Type == "email" || Code ? "none" : null);
        return input;

        void Set(string name, string? content)
        {
            if (content is not null)
            {
                input.Attributes[name] = content;
            }
        }
    }

    private TagBuilder WithShowButton(TagBuilder input)
    {
        var row = new TagBuilder("div");
        row.AddCssClass("join-in");
        var button = new TagBuilder("button");
        button.AddCssClass("btn icon");
        button.Attributes["type"] = "button";
        button.Attributes["data-show-password"] = Id;
        button.Attributes["aria-pressed"] = "false";
        button.Attributes["aria-label"] = text["Field.ShowPassword"];
        button.InnerHtml.AppendHtml("""<svg class="i" aria-hidden="true"><use href="/icons.svg#i-eye"></use></svg>""");
        row.InnerHtml.AppendHtml(input).AppendHtml(button);
        return row;
    }

    private TagBuilder Line(string line, bool isError)
    {
        var paragraph = new TagBuilder("p");
        paragraph.AddCssClass(isError ? "err" : "hint");
        paragraph.Attributes["id"] = Id + (isError ? "-error" : "-hint");
        if (isError)
        {
            paragraph.InnerHtml.AppendHtml("""<svg class="i" aria-hidden="true"><use href="/icons.svg#i-alert"></use></svg>""");
        }

        var words = new TagBuilder("span");
        words.InnerHtml.Append(line);
        paragraph.InnerHtml.AppendHtml(words);
        return paragraph;
    }
}
