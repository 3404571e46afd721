"""The tree of categories, tags and authors in the admin."""

from django.contrib.redirects.models import Redirect
from django.test import TestCase
from django.urls import reverse

from articles import addresses, publishing
from articles.models import Category, Listing, Tag
from articles.tests.desk import a_client, an_editor, fields_of, stored
from articles.tests.stories import a_story


class Tree(TestCase):
    def setUp(self):
        models = ("category", "tag", "author")
        names = [f"{act}_{model}" for act in ("add", "change", "view") for model in models]
        self.client = a_client(an_editor("rosa", names))
        self.world, self.sport = Category(name="World"), Category(name="Sport")
        for category in (self.world, self.sport):
            addresses.place(category)
        self.asia = Category(name="Asia", parent=self.world)
        addresses.place(self.asia)

    def paths(self):
        return sorted(Category.objects.values_list("path", flat=True))

    def send(self, category=None, **fields):
        name = "change" if category else "add"
        url = reverse(f"admin:articles_category_{name}", args=[category.pk] if category else [])
        before = fields_of(self.client.get(url), "category_form")
        return self.client.post(url, {**before, "description": "", **fields})

    def move(self, category, position, to):
        url = reverse("admin:articles_category_changelist") + "move-node/"
        fields = {"move": category.pk, "position": position, "relative_to": to.pk}
        return self.client.post(url, fields)


class CategoryTests(Tree):
    def test_a_new_category_gets_its_address_from_its_name(self):
        self.assertEqual(
            self.send(name="Central Asia", slug="", parent=self.asia.pk).status_code, 302
        )
        self.assertIn("world/asia/central-asia", self.paths())

    def test_an_address_the_site_needs_itself_is_changed_with_a_word_about_it(self):
        response = self.send(name="Search", slug="search")
        told = self.client.get(response.url).context["messages"]
        self.assertIn("search-news", " ".join(str(message) for message in told))
        self.assertIn("search-news", self.paths())

    def test_renaming_one_takes_its_branch_along_and_leaves_redirects(self):
        self.send(self.world, name="Abroad", slug="abroad")
        self.assertIn("abroad/asia", self.paths())
        self.assertTrue(Redirect.objects.filter(old_path="/world/asia/").exists())

    def test_moving_one_takes_its_branch_and_its_listings_along(self):
        publishing.publish(stored(a_story(categories=("World/Asia",))), by=None)
        self.assertEqual(self.move(self.asia, "last-child", self.sport).content, b"ok")
        self.assertIn("sport/asia", self.paths())
        self.assertTrue(Redirect.objects.filter(old_path="/world/asia/").exists())
        listed = Listing.objects.filter(implied=True).values_list("category__name", flat=True)
        self.assertEqual(list(listed), ["Sport"])

    def test_moving_one_beside_its_namesake_is_refused(self):
        addresses.place(Category(name="Asia", parent=self.sport))
        self.assertEqual(self.move(self.asia, "last-child", self.sport).content, b"error")
        self.assertIn("world/asia", self.paths())

    def test_a_branch_does_not_move_where_its_addresses_would_be_too_long(self):
        long = Category(name="a" * 75, parent=self.sport)
        addresses.place(long)
        branch = Category(name="b" * 75, parent=long)
        addresses.place(branch)
        self.assertEqual(self.send(name="c" * 75, slug="", parent=branch.pk).status_code, 200)
        self.assertEqual(self.move(self.world, "last-child", branch).content, b"ok")
        deep = Category(name="d" * 75, parent=self.sport)
        addresses.place(deep)
        self.assertEqual(self.move(deep, "last-child", branch).content, b"error")
        self.assertIn(f"sport/{'d' * 75}", self.paths())

    def test_who_may_only_look_cannot_move_anything(self):
        self.client = a_client(an_editor("kim", ("view_category",)))
        self.assertEqual(self.move(self.asia, "last-child", self.sport).status_code, 403)

    def test_the_tree_is_shown_as_one(self):
        page = self.client.get(reverse("admin:articles_category_changelist"))
        self.assertContains(page, "move-cut", count=3)


class NameTests(Tree):
    def test_a_tag_with_another_slug_leaves_its_old_address_behind(self):
        tag = Tag.objects.create(name="Ships", slug="ships")
        url = reverse("admin:articles_tag_change", args=[tag.pk])
        fields = fields_of(self.client.get(url), "tag_form")
        self.client.post(url, {**fields, "name": "Vessels", "slug": "vessels"})
        redirect = Redirect.objects.get()
        self.assertEqual((redirect.old_path, redirect.new_path), ("/tag/ships/", "/tag/vessels/"))
