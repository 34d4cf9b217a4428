using PartnerPortal.Features.Automations.Templates;
using PartnerPortal.Shared;

namespace PartnerPortal.Tests.Features.Automations.Templates;

public sealed class TemplateRulesTests
{
    [Theory]
    [InlineData("Hello {{client.nam}},", TemplateFlaw.Unknown, 1, 7, "{{client.name}}")]
    [InlineData("Hello,\n\ndear {{ Client name }}", TemplateFlaw.Unknown, 3, 6, "{{client.name}}")]
    [InlineData("Hello {{client.name}", TemplateFlaw.Unclosed, 1, 7, null)]
    [InlineData("Hello client.name}}", TemplateFlaw.Unopened, 1, 18, null)]
    [InlineData("Hello {client.name},", TemplateFlaw.SingleBraces, 1, 7, "{{client.name}}")]
    [InlineData("You paid {{purchase.amount}}.", TemplateFlaw.NotGiven, 1, 10, null)]
    [InlineData("Here: {{client.qr}}", TemplateFlaw.NotInLine, 1, 7, null)]
    [InlineData("Go to {{sign_in_address | here}}", TemplateFlaw.NoButton, 1, 7, null)]
    [InlineData("{{client.name | Name}}", TemplateFlaw.NoButton, 1, 1, null)]
    [InlineData("{{sign_in_address | }}", TemplateFlaw.NoButton, 1, 1, null)]
    [InlineData("{{#if client.name}}x{{/if}}", TemplateFlaw.Unknown, 1, 1, null)]
    public void Of_TextWithAFlaw_NamesItAndItsPlace(string body, TemplateFlaw flaw, int line, int column, string? meant)
    {
        var refused = Assert.IsType<TemplateTextsWrong>(Of(new TypedText("Welcome", body)).Error);

        var problem = refused.Problems[0];
        Assert.Equal((flaw, TemplatePart.Body, line, column, "en"), (problem.Flaw, problem.Part, problem.Line, problem.Column, problem.Language));
        if (flaw is not TemplateFlaw.NotGiven and not TemplateFlaw.Unknown || meant is not null)
        {
            Assert.Equal(meant, problem.Meant);
        }
    }

    [Theory]
    [InlineData("{{client.referral_link}} for you", TemplateFlaw.NotInSubject)]
    [InlineData("{{partner.name}} says hello", TemplateFlaw.NotInSubject)]
    [InlineData("{{client.qr}}", TemplateFlaw.NotInSubject)]
    [InlineData("", TemplateFlaw.Missing)]
    public void Of_SubjectThatCannotBe_IsRefused(string subject, TemplateFlaw flaw)
    {
        var refused = Assert.IsType<TemplateTextsWrong>(Of(new TypedText(subject, "Hello.")).Error);

        Assert.Contains(refused.Problems, p => p.Flaw == flaw && p.Part is TemplatePart.Subject);
    }

    [Fact]
    public void Of_EveryFieldInItsOccasion_IsTaken()
    {
        foreach (var occasion in Enum.GetValues<MailOccasion>())
        {
            var fields = MailFields.Of(occasion);
            var text = new TypedText(string.Concat(fields.Where(f => f.FitsSubject).Select(f => f.Written)), string.Join("\n", fields.Select(f => f.Written)));

            Assert.True(Of(text, occasion).Ok, occasion.ToString());
        }
    }

    [Fact]
    public void Of_OtherLanguagesThanOnesOwn_FallBackOnlyToWhatIsThere()
    {
        Assert.Equal(new TemplateLanguageMissing("es"), Of(new() { ["ar"] = new("مرحبًا", "أهلًا") }, "es").Error);
        Assert.True(Of(new() { ["es"] = new("Hola", "Buenas"), ["en"] = TypedText.Empty }, "es").Ok);
        Assert.True(Of(new() { ["en"] = new("Hello", "Good day") }, "es").Ok);
        // A language begun is a language to finish.
        Assert.IsType<TemplateTextsWrong>(Of(new() { ["en"] = new("Hello", "Good day"), ["es"] = new("Hola", "") }, "en").Error);
    }

    [Fact]
    public void Fits_WhatHappened_GivesAtLeastWhatTheTemplateNames()
    {
        Assert.True(MailFields.Fits(MailOccasion.Client, MailOccasion.Purchase));
        Assert.False(MailFields.Fits(MailOccasion.Purchase, MailOccasion.Client));
        Assert.False(MailFields.Fits(MailOccasion.Partner, MailOccasion.Client));
        Assert.False(MailFields.Fits(MailOccasion.Client, MailOccasion.Partner));
    }

    private static Result<TemplateTerms> Of(TypedText text, MailOccasion occasion = MailOccasion.Client) =>
        TemplateTerms.Of(new TemplateForm("Welcome", occasion, false, new Dictionary<string, TypedText> { ["en"] = text }), "en");

    private static Result<TemplateTerms> Of(Dictionary<string, TypedText> texts, string standard) => TemplateTerms.Of(new TemplateForm("Welcome", MailOccasion.Client, false, texts), standard);
}
